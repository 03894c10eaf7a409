import { isMap, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';

/** Items of a `set` and keys of a `map` list must be told apart. */
export function elementCauses(list: readonly Json[], schema: JsonMap, path: string): Cause[] {
  const kind = stringAt(schema, 'x-kubernetes-list-type');
  if (kind !== 'set' && kind !== 'map') return [];
  const keys = stringsAt(schema, 'x-kubernetes-list-map-keys');
  const seen = new Set<string>();
  const causes: Cause[] = [];
  for (const [index, item] of list.entries()) {
    const text = kind === 'set' ? JSON.stringify(item) : keyText(item, keys);
    if (seen.has(text)) {
      const message = `Duplicate value: ${text}`;
      causes.push({ reason: 'FieldValueDuplicate', message, field: `${path}[${index}]` });
    }
    seen.add(text);
  }
  return causes;
}

function keyText(item: Json, keys: readonly string[]): string {
  const found: JsonMap = {};
  for (const key of [...keys].sort()) if (isMap(item)) found[key] = item[key];
  return JSON.stringify(found);
}
