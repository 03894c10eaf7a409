import type { JsonObject, JsonValue, LosslessNumber } from './json.ts';

/**
 * The parts of `JSON` that keep a number's source text (ECMAScript proposal "JSON.parse source
 * text access": Node 22, Chrome 114, Firefox 135, Safari 18.4), which TypeScript's library lacks.
 */
interface SourceTextJson {
  parse(
    text: string,
    reviver?: (key: string, value: JsonValue, context: { readonly source?: string }) => JsonValue,
  ): JsonValue;
  rawJSON(text: string): LosslessNumber;
  isRawJSON(value: unknown): boolean;
}
const sourceTextJson = JSON as unknown as SourceTextJson;

/**
 * Numbers that a double might not give back as written: minus zero, sixteen digits or more, a
 * fraction, an exponent. Shorter integers always survive. What looks like such a number inside a
 * string is found too, and costs only time; what a string ends with (`:1.25"`) is not.
 */
const suspiciousNumber =
  /(?:^|[\s:,[])(-?(?:\d+(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)|\d{16,})|-0)(?=[\s,\]}]|$)/g;

/**
 * Parses JSON and keeps every number's digits [I29]: a number that a double would write back
 * differently becomes a {@link LosslessNumber}. Text without any costs one scan more than
 * `JSON.parse`. Throws `SyntaxError` as `JSON.parse` does, and `RangeError` for thousands of
 * nested levels around such a number.
 */
export function parseJson(text: string): JsonValue {
  return holdsLossyNumber(text)
    ? sourceTextJson.parse(text, keepDigits)
    : sourceTextJson.parse(text);
}

function holdsLossyNumber(text: string): boolean {
  for (const [, source] of text.matchAll(suspiciousNumber)) {
    if (source !== undefined && String(Number(source)) !== source) {
      return true;
    }
  }
  return false;
}

function keepDigits(_key: string, value: JsonValue, { source }: { source?: string }): JsonValue {
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? sourceTextJson.rawJSON(source)
    : value;
}

/** Writes JSON; numbers that kept their digits are written digit for digit. */
export function stringifyJson(value: JsonValue, indent?: number): string {
  return JSON.stringify(value, undefined, indent);
}

/** Whether the value is a number that {@link parseJson} kept as text. */
export function isLosslessNumber(value: unknown): value is LosslessNumber {
  return sourceTextJson.isRawJSON(value);
}

/** The number's digits as the server wrote them. */
export function numberText(value: number | LosslessNumber): string {
  return typeof value === 'number' ? String(value) : value.rawJSON;
}

/**
 * Whether two JSON values are the same: objects whatever the order of their keys, numbers by
 * their digits, so that neither 2^53 and 2^53+1 nor 1 and 1.0 are the same. A key whose value is
 * undefined counts as absent.
 */
export function jsonEquals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && listsEqual(a, b);
  }
  if (isLosslessNumber(a) || isLosslessNumber(b)) {
    return isLosslessNumber(a) && isLosslessNumber(b) && a.rawJSON === b.rawJSON;
  }
  return objectsEqual(a as JsonObject, b as JsonObject);
}

function listsEqual(a: readonly JsonValue[], b: readonly JsonValue[]): boolean {
  return a.length === b.length && a.every((item, index) => jsonEquals(item, b[index]));
}

function objectsEqual(a: JsonObject, b: JsonObject): boolean {
  let keys = 0;
  for (const key of Object.keys(a)) {
    if (a[key] !== undefined) {
      if (!Object.hasOwn(b, key) || !jsonEquals(a[key], b[key])) {
        return false;
      }
      keys += 1;
    }
  }
  return keys === Object.keys(b).filter((key) => b[key] !== undefined).length;
}
