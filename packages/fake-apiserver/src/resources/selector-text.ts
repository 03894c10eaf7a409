import { isMap, listAt, stringAt, stringMapAt, stringsAt, type JsonMap } from '../json.ts';

/** A label selector as text (apimachinery LabelSelectorAsSelector: sorted by key). */
export function selectorText(selector: JsonMap | undefined): string {
  const equal = Object.entries(stringMapAt(selector, 'matchLabels')).map(
    ([key, value]) => [key, `${key}=${value}`] as const,
  );
  const others = listAt(selector, 'matchExpressions')
    .filter((item) => isMap(item))
    .map((item) => [stringAt(item, 'key') ?? '', requirementText(item)] as const);
  const all = [...equal, ...others].sort(([a], [b]) => (a < b ? -1 : 1));
  return all.map(([, text]) => text).join(',');
}

function requirementText(item: JsonMap): string {
  const key = stringAt(item, 'key') ?? '';
  const values = stringsAt(item, 'values').sort().join(',');
  switch (item['operator']) {
    case 'In':
      return `${key} in (${values})`;
    case 'NotIn':
      return `${key} notin (${values})`;
    case 'Exists':
      return key;
    default:
      return `!${key}`;
  }
}
