import type { ApiRequest } from '../http/answer.ts';
import { decodeBody, requireObject, UnreadableBody } from '../http/body.ts';
import { isMap, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { isNumber, goNumber } from '../schema/go-text.ts';
import { badRequest, invalid, unsupportedOption } from '../status.ts';
import { DecodeError, goTypeOf } from './object-meta.ts';

export type PropagationPolicy = 'Orphan' | 'Background' | 'Foreground';

/** `DeleteOptions` of meta/v1. */
export interface DeleteOptions {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly dryRun: boolean;
  readonly graceSeconds: number | undefined;
  readonly policy: PropagationPolicy | undefined;
  /** The older way to say whether dependents are to be kept. */
  readonly orphanDependents: boolean | undefined;
}

export const NO_DELETE_OPTIONS: DeleteOptions = {
  uid: undefined,
  resourceVersion: undefined,
  dryRun: false,
  graceSeconds: undefined,
  policy: undefined,
  orphanDependents: undefined,
};

/**
 * Reads the options from the body, or from the query of a request without one. Throws 400 for what
 * cannot be read and 422 for values that do not exist.
 */
export function readDeleteOptions(request: ApiRequest): DeleteOptions {
  const given = request.body.length === 0 ? fromQuery(request.query) : fromBody(request);
  const policy = stringAt(given, 'propagationPolicy');
  const orphan = given['orphanDependents'];
  if (policy !== undefined) requirePolicy(policy, orphan);
  const preconditions = isMap(given['preconditions']) ? given['preconditions'] : {};
  const grace = given['gracePeriodSeconds'];
  return {
    uid: stringAt(preconditions, 'uid'),
    resourceVersion: stringAt(preconditions, 'resourceVersion'),
    dryRun: dryRunOf(stringsAt(given, 'dryRun')),
    graceSeconds: isNumber(grace) ? goNumber(grace).value : undefined,
    policy: policy as PropagationPolicy | undefined,
    orphanDependents: typeof orphan === 'boolean' ? orphan : undefined,
  };
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

function requirePolicy(policy: string, orphan: Json | undefined): void {
  if (typeof orphan === 'boolean') {
    throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions', name: '' }, [
      {
        reason: 'FieldValueInvalid',
        message: `Invalid value: "${policy}": orphanDependents and deletionPropagation cannot be both set`,
        field: 'propagationPolicy',
      },
    ]);
  }
  if (POLICIES.includes(policy)) return;
  throw unsupportedOption('DeleteOptions', 'propagationPolicy', `"${policy}"`, [
    ...POLICIES,
    'nil',
  ]);
}

function dryRunOf(asked: readonly string[]): boolean {
  if (asked.every((value) => value === 'All')) return asked.length > 0;
  throw unsupportedOption('DeleteOptions', 'dryRun', JSON.stringify(asked), ['All']);
}

function fromBody(request: ApiRequest): JsonMap {
  try {
    const options = requireObject(decodeBody(request.body, request.headers['content-type']));
    requireKind(options);
    requireTypes(options);
    return options;
  } catch (error) {
    if (error instanceof UnreadableBody || error instanceof DecodeError) {
      throw badRequest(error.message);
    }
    throw error;
  }
}

function requireKind(options: JsonMap): void {
  const kind = stringAt(options, 'kind') ?? 'DeleteOptions';
  if (kind === 'DeleteOptions') return;
  const apiVersion = stringAt(options, 'apiVersion') ?? 'v1';
  throw new DecodeError(
    `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
  );
}

/** The Go types of the fields, and how a value of each is told. */
const FIELDS: readonly (readonly [string, string, (value: Json) => boolean])[] = [
  ['gracePeriodSeconds', 'int64', (value) => isNumber(value) && goNumber(value).integer],
  ['preconditions', 'v1.Preconditions', isMap],
  ['orphanDependents', 'bool', (value) => typeof value === 'boolean'],
  ['propagationPolicy', 'v1.DeletionPropagation', (value) => typeof value === 'string'],
  ['dryRun', '[]string', Array.isArray],
];

function requireTypes(options: JsonMap): void {
  for (const [key, type, fits] of FIELDS) {
    const value = options[key] ?? null;
    if (value === null || fits(value)) continue;
    throw new DecodeError(
      `json: cannot unmarshal ${goTypeOf(value)} into Go struct field DeleteOptions.${key} of type ${type}`,
    );
  }
}

function fromQuery(query: URLSearchParams): JsonMap {
  const grace = query.get('gracePeriodSeconds');
  if (grace !== null && !/^[+-]?\d+$/.test(grace)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`);
  }
  const orphan = query.get('orphanDependents');
  const policy = query.get('propagationPolicy');
  const named = ['uid', 'resourceVersion'].map((key) => [key, query.get(key) ?? '']);
  return {
    preconditions: Object.fromEntries(named.filter(([, value]) => value !== '')),
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    // Go takes any text but these two for true.
    ...(orphan === null ? {} : { orphanDependents: orphan !== 'false' && orphan !== '0' }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
    dryRun: query.getAll('dryRun'),
  };
}

/** What the client is warned of: a deletion that keeps what others would take for gone. */
export function deletionWarnings(type: ResourceType, options: DeleteOptions): string[] {
  const silent = options.policy !== undefined || options.orphanDependents !== undefined;
  if (silent || type.group !== 'batch' || type.resource !== 'jobs') return [];
  return [
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  ];
}
