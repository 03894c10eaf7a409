import type { JsonMap } from '../json.ts';

/** What events.k8s.io/v1 calls the fields that core/v1, which is stored, calls otherwise. */
const CORE_NAMES: ReadonlyMap<string, string> = new Map([
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
]);
const NEW_NAMES: ReadonlyMap<string, string> = new Map(
  [...CORE_NAMES].map(([name, core]) => [core, name]),
);

/** What core/v1 writes even where there is none. */
const REPORTER = ['reportingComponent', 'reportingInstance'];

function rename(event: JsonMap, names: ReadonlyMap<string, string>): void {
  for (const [from, to] of names) {
    if (event[from] === undefined) continue;
    event[to] = event[from];
    delete event[from];
  }
}

/** Makes an event of events.k8s.io/v1 one of core/v1; one that is already stays as it is. */
export function toCoreEvent(event: JsonMap): void {
  rename(event, CORE_NAMES);
  for (const key of REPORTER) event[key] ??= '';
}

/** The other way round; an empty reporter is left out there. */
export function toNewEvent(event: JsonMap): void {
  for (const key of REPORTER) if (event[key] === '') delete event[key];
  rename(event, NEW_NAMES);
}
