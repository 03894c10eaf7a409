import { booleanOf } from '../http/query-boolean.ts';
import { badRequest, invalid, type Cause } from '../status.ts';

export type VersionMatch = '' | 'Exact' | 'NotOlderThan';

/** What a list or watch is asked with, before any of it is checked against the rest. */
export interface ListQuery {
  readonly watch: boolean;
  readonly limit: number;
  readonly continue: string;
  /** The text as asked: '' and '0' mean different things. */
  readonly resourceVersion: string;
  readonly match: VersionMatch;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** The same with its version read. */
export interface ListOptions extends ListQuery {
  readonly revision: number;
}

export function isWatch(query: URLSearchParams): boolean {
  return booleanOf(query, 'watch') === true;
}

/** Throws 400 for a number that is none. */
export function readListQuery(query: URLSearchParams): ListQuery {
  return withInitialEvents({
    watch: isWatch(query),
    continue: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    match: (query.get('resourceVersionMatch') ?? '') as VersionMatch,
    sendInitialEvents: booleanOf(query, 'sendInitialEvents'),
    allowWatchBookmarks: booleanOf(query, 'allowWatchBookmarks') === true,
    timeoutSeconds: integerOf(query, 'timeoutSeconds'),
    limit: integerOf(query, 'limit') ?? 0,
  });
}

/** A watch from no version begins with what there is: SetListOptionsDefaults of apimachinery. */
function withInitialEvents(query: ListQuery): ListQuery {
  const { watch, sendInitialEvents, match, resourceVersion } = query;
  if (!watch || sendInitialEvents !== undefined || match !== '') return query;
  if (resourceVersion !== '' && resourceVersion !== '0') return query;
  return { ...query, sendInitialEvents: true, match: 'NotOlderThan' };
}

/** Throws 422 with the causes of apimachinery pkg/apis/meta/internalversion/validation. */
export function validateListQuery(query: ListQuery): void {
  const causes = query.watch ? watchCauses(query) : listCauses(query);
  if (causes.length === 0) return;
  throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions', name: '' }, causes);
}

const MATCH = 'resourceVersionMatch';
const NOT_WITH_CONTINUE = forbidden(MATCH, `${MATCH} is forbidden when continue is provided`);

function forbidden(field: string, why: string): Cause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

function unsupportedMatch(match: string, supported: readonly string[]): Cause {
  const values = supported.map((value) => `"${value}"`).join(', ');
  const message = `Unsupported value: ${JSON.stringify(match)}: supported values: ${values}`;
  return { reason: 'FieldValueNotSupported', message, field: MATCH };
}

function watchCauses({ sendInitialEvents, match, continue: token }: ListQuery): Cause[] {
  const causes: Cause[] = [];
  const notOlder = match === 'NotOlderThan';
  if (sendInitialEvents !== undefined && !notOlder) {
    causes.push(forbidden(MATCH, `sendInitialEvents requires setting ${MATCH} to NotOlderThan`));
  }
  if (match === '') return causes;
  if (sendInitialEvents === undefined) {
    const why = `${MATCH} is forbidden for watch unless sendInitialEvents is provided`;
    causes.push(forbidden(MATCH, why));
  }
  if (!notOlder) causes.push(unsupportedMatch(match, ['NotOlderThan']));
  if (token !== '') causes.push(NOT_WITH_CONTINUE);
  return causes;
}

function listCauses(query: ListQuery): Cause[] {
  const causes = query.match === '' ? [] : matchCauses(query);
  if (query.sendInitialEvents === undefined) return causes;
  return [...causes, forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list')];
}

function matchCauses({ match, resourceVersion, continue: token }: ListQuery): Cause[] {
  const causes: Cause[] = [];
  if (resourceVersion === '') {
    causes.push(forbidden(MATCH, `${MATCH} is forbidden unless resourceVersion is provided`));
  }
  if (token !== '') causes.push(NOT_WITH_CONTINUE);
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    causes.push(unsupportedMatch(match, ['Exact', 'NotOlderThan', '']));
  }
  if (match === 'Exact' && resourceVersion === '0') {
    causes.push(forbidden(MATCH, `${MATCH} "exact" is forbidden for resourceVersion "0"`));
  }
  return causes;
}

/** What is wrong with a version; undefined where nothing is (apiserver storage Versioner). */
export function versionFault(text: string): string | undefined {
  if (text === '') return undefined;
  const fault = /^\d+$/.test(text)
    ? BigInt(text) < 2n ** 64n
      ? undefined
      : 'value out of range'
    : 'invalid syntax';
  if (fault === undefined) return undefined;
  const quoted = JSON.stringify(text);
  return `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${fault}`;
}

const INT64_LIMIT = 2n ** 63n;

/** Go's strconv.ParseInt: the parameter is there, so it must be a number. */
function integerOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const fail = (why: string): never => {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
  };
  if (!/^[+-]?\d+$/.test(text)) return fail('invalid syntax');
  const value = BigInt(text.replace('+', ''));
  const fits = value >= -INT64_LIMIT && value < INT64_LIMIT;
  return fits ? Number(value) : fail('value out of range');
}
