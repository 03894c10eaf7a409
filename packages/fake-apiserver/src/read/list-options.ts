import { badRequest, invalid, type Cause } from '../status.ts';

export type VersionMatch = '' | 'Exact' | 'NotOlderThan';

/** A list's or watch's options as Kubernetes validates them. */
export interface ListOptions {
  readonly limit: number;
  readonly continue: string;
  /** The text as asked: '' and '0' mean different things. */
  readonly resourceVersion: string;
  readonly revision: number;
  readonly match: VersionMatch;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

export function isWatch(query: URLSearchParams): boolean {
  return booleanOf(query, 'watch') === true;
}

/**
 * Reads the options of a list or watch; throws 422 with the causes that
 * apimachinery pkg/apis/meta/internalversion/validation gives.
 */
export function parseListOptions(query: URLSearchParams): ListOptions {
  const options = {
    limit: integerOf(query, 'limit') ?? 0,
    continue: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    revision: parseRevision(query.get('resourceVersion') ?? ''),
    match: (query.get('resourceVersionMatch') ?? '') as VersionMatch,
    sendInitialEvents: booleanOf(query, 'sendInitialEvents'),
    allowWatchBookmarks: booleanOf(query, 'allowWatchBookmarks') === true,
    timeoutSeconds: integerOf(query, 'timeoutSeconds'),
  };
  const causes = isWatch(query) ? watchCauses(options) : listCauses(options);
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions', name: '' }, causes);
  }
  return options;
}

function forbiddenField(field: string, why: string): Cause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

function watchCauses(options: ListOptions): Cause[] {
  const field = 'resourceVersionMatch';
  const causes: Cause[] = [];
  if (options.sendInitialEvents !== undefined && options.match !== 'NotOlderThan') {
    causes.push(
      forbiddenField(
        field,
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (options.match === '') return causes;
  if (options.sendInitialEvents === undefined) {
    causes.push(
      forbiddenField(
        field,
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  }
  if (options.continue !== '') {
    causes.push(
      forbiddenField(field, 'resourceVersionMatch is forbidden when continue is provided'),
    );
  }
  return causes;
}

function listCauses(options: ListOptions): Cause[] {
  const causes: Cause[] = [];
  if (options.match !== '') causes.push(...matchCauses(options));
  if (options.sendInitialEvents !== undefined) {
    causes.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  return causes;
}

function matchCauses({ match, resourceVersion, continue: token }: ListOptions): Cause[] {
  const field = 'resourceVersionMatch';
  const causes: Cause[] = [];
  if (resourceVersion === '') {
    causes.push(
      forbiddenField(field, 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
    );
  }
  if (token !== '') {
    causes.push(
      forbiddenField(field, 'resourceVersionMatch is forbidden when continue is provided'),
    );
  }
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    causes.push({
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: "${match as string}": supported values: "Exact", "NotOlderThan", ""`,
      field,
    });
  }
  if (match === 'Exact' && resourceVersion === '0') {
    causes.push(
      forbiddenField(field, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
    );
  }
  return causes;
}

function parseRevision(text: string): number {
  if (text === '') return 0;
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  }
  return Number(text);
}

function integerOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  return Number(text);
}

/** apimachinery's Convert_Slice_string_To_bool: present counts as true unless it says false. */
function booleanOf(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  return !['false', '0'].includes(text.toLowerCase());
}
