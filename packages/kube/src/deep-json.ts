import type { JsonValue, LosslessNumber } from './json.ts';

/** A string, with the colon after it where it is a key; or a number. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|-?\d[\d.eE+-]*/g;
const wholeNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

type Container = Record<string, unknown>;

/**
 * Parses JSON of any depth and keeps the digits of its numbers. `JSON.parse` alone knows no depth,
 * but its reviver recurses; so numbers that would lose digits are parsed as strings, marked `n`,
 * strings are marked `s`, and the marks are taken off again without recursion. Several times as
 * slow as `JSON.parse` with a reviver. Throws `SyntaxError`.
 */
export function parseDeepJson(text: string, keep: (digits: string) => LosslessNumber): JsonValue {
  const root: Container = { value: JSON.parse(text.replace(token, mark)) as unknown };
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const key of Object.keys(next)) {
      const value = next[key];
      if (typeof value === 'string') {
        next[key] = value.startsWith('n') ? keep(value.slice(1)) : value.slice(1);
      } else if (typeof value === 'object' && value !== null) {
        pending.push(value as Container);
      }
    }
  }
  return root['value'] as JsonValue;
}

function mark(found: string): string {
  if (found.startsWith('"')) {
    return found.endsWith(':') ? found : `"s${found.slice(1)}`;
  }
  return wholeNumber.test(found) && String(Number(found)) !== found ? `"n${found}"` : found;
}
