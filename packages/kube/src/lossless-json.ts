import { parseDeepJson, stringifyDeepJson } from './deep-json.ts';
import type { JsonObject, JsonValue, LosslessNumber } from './json.ts';
import { sourceTextJson } from './source-text-json.ts';

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
 * `JSON.parse`. However deep the nesting, nothing but a `SyntaxError` is thrown, as by `JSON.parse`.
 */
export function parseJson(text: string): JsonValue {
  if (!holdsLossyNumber(text)) {
    return sourceTextJson.parse(text);
  }
  try {
    return sourceTextJson.parse(text, keepDigits);
  } catch (error) {
    if (error instanceof RangeError) {
      return parseDeepJson(text);
    }
    throw error;
  }
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

/**
 * Writes JSON; numbers that kept their digits are written digit for digit. However deep the
 * nesting: what `JSON.stringify` has no stack for is written without `indent`.
 */
export function stringifyJson(value: JsonValue, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    if (error instanceof RangeError) {
      return stringifyDeepJson(value);
    }
    throw error;
  }
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
  // A list of what is left to compare instead of recursion: nesting may be deep on purpose.
  const pending: Pair[] = [[a, b]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    if (pair[0] !== pair[1] && !comparesChildren(pair, pending)) {
      return false;
    }
  }
  return true;
}

type Pair = readonly [a: JsonValue | undefined, b: JsonValue | undefined];

/** Puts the pairs of children off for later; false where the two differ whatever these are. */
function comparesChildren([a, b]: Pair, pending: Pair[]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && comparesItems(a, b, pending);
  }
  if (isLosslessNumber(a) || isLosslessNumber(b)) {
    return isLosslessNumber(a) && isLosslessNumber(b) && a.rawJSON === b.rawJSON;
  }
  return comparesFields(a as JsonObject, b as JsonObject, pending);
}

function comparesItems(a: readonly JsonValue[], b: readonly JsonValue[], pending: Pair[]): boolean {
  for (const [index, item] of a.entries()) {
    pending.push([item, b[index]]);
  }
  return a.length === b.length;
}

function comparesFields(a: JsonObject, b: JsonObject, pending: Pair[]): boolean {
  let fields = 0;
  for (const key of Object.keys(a)) {
    const value = a[key];
    if (value !== undefined) {
      if (!Object.hasOwn(b, key)) {
        return false;
      }
      pending.push([value, b[key]]);
      fields += 1;
    }
  }
  return fields === Object.keys(b).filter((key) => b[key] !== undefined).length;
}
