import { sortManagedFields } from './managed-fields-order.ts';

/** What may differ between two runs of the same thing, in the order in which it is taken out. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, 'UID'],
  // Times as JSON and YAML, as describe, and as diff write them.
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| ?[+-]\d\d:?\d\d)/g, 'TIME'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, 'TIME'],
  [/(resourceVersion\\*"?: ?\\*"?|Resource Version: +)\d+/g, '$1VERSION'],
  [/(too old resource version: )\d+ \(\d+\)/g, '$1VERSION (VERSION)'],
  [/("continue": ?"|continue: )[\w=+/-]+/g, '$1TOKEN'],
  // What generateName and the names of events end in.
  [/\b(generated-)[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1RANDOM'],
  [/(\.)[\da-f]{16}\b/g, '$1RANDOM'],
  // Files that kubectl makes on the way.
  [/\/\S*\/kubectl-edit-\d+\.yaml/g, 'EDITED'],
  [/\/\S*\/(LIVE|MERGED)-\d+/g, '$1'],
  // Ages: in a column of their own, or followed by "ago".
  [/(?<=\s{2,}|^)(<invalid>|\d{1,3}s|\d{1,2}m(\d{1,2}s)?)(?=\s{2,}|\s*$)/gm, 'AGE'],
  [/\b\d+m?s ago\b/g, 'AGE ago'],
  // Widths of columns follow from all of these.
  [/(?<=\S) {2,}/g, '  '],
  [/[ \t]+$/gm, ''],
];

/**
 * The text without what is particular to one run or one server: uids, versions, times, ages, generated names, paths of
 * temporary files and the server's address. What is left must be the same from both servers.
 */
export function normalise(text: string, addresses: readonly string[]): string {
  let result = text;
  for (const address of addresses) result = result.replaceAll(address, 'ADDRESS');
  result = result.replaceAll(/https?:\/\/ADDRESS/g, 'ADDRESS');
  for (const [pattern, replacement] of rules) result = result.replaceAll(pattern, replacement);
  return sortManagedFields(result.replaceAll(/(?:^\* .*\n){2,}/gm, sortLines));
}

/** Kubernetes tells of several mistakes in an order that differs from one time to the next. */
function sortLines(lines: string): string {
  return lines
    .split(/(?<=\n)/)
    .sort()
    .join('');
}
