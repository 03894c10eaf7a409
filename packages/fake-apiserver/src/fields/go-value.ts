import { isMap, type Json } from '../json.ts';
import { goNumber, isNumber } from '../schema/go-text.ts';

/** `%v` of a value in Go: `map[a:1 b:[x y]]`. */
export function plainValue(value: Json): string {
  if (isNumber(value)) return goNumber(value).text;
  if (Array.isArray(value)) return `[${value.map(plainValue).join(' ')}]`;
  if (!isMap(value)) return value === null ? '<nil>' : String(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${key}:${plainValue(value[key] ?? null)}`);
  return `map[${fields.join(' ')}]`;
}

/** `%T` of a value as Go's decoder has it. */
export function goTypeName(value: Json): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isMap(value)) return 'map[string]interface {}';
  if (isNumber(value)) return goNumber(value).integer ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
