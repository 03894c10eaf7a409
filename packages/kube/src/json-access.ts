import type { JsonObject, JsonValue, LosslessNumber } from './json.ts';
import { isLosslessNumber } from './lossless-json.ts';

/** Whether the value is a JSON object (not null, not a list, not a number that kept its digits). */
export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
  );
}

export function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isJsonNumber(value: unknown): value is number | LosslessNumber {
  return typeof value === 'number' || isLosslessNumber(value);
}

/** The object's own property: never one that it inherits, whatever the key is called. */
export function property(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value under a path of object keys; undefined where a step is missing. */
export function valueAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): JsonValue | undefined {
  let found = value;
  for (const key of keys) {
    found = property(found, key);
  }
  return found;
}

/** The text under a path, undefined where there is something else or nothing. */
export function stringAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): string | undefined {
  const found = valueAt(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

/** The number under a path as a double: for counts, where rounding beyond 2^53 cannot matter. */
export function countAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): number | undefined {
  const found = valueAt(value, ...keys);
  if (typeof found === 'number') {
    return found;
  }
  return isLosslessNumber(found) ? Number(found.rawJSON) : undefined;
}

/** The list under a path, empty where there is something else or nothing. */
export function listAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): readonly JsonValue[] {
  const found = valueAt(value, ...keys);
  return isJsonArray(found) ? found : [];
}

/** The object under a path, empty where there is something else or nothing. */
export function objectAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonObject {
  const found = valueAt(value, ...keys);
  return isJsonObject(found) ? found : {};
}
