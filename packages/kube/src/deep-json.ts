import type { JsonObject, JsonValue } from './json.ts';
import { sourceTextJson } from './source-text-json.ts';

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
export function parseDeepJson(text: string): JsonValue {
  const root: Container = { value: JSON.parse(text.replace(token, mark)) as unknown };
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const key of Object.keys(next)) {
      const value = next[key];
      if (typeof value === 'string') {
        next[key] = value.startsWith('n') ? sourceTextJson.rawJSON(value.slice(1)) : value.slice(1);
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

/** A piece of the text, or a value whose text is still to be made. */
type Piece = { readonly text: string } | { readonly value: JsonValue };

/** Writes JSON as `JSON.stringify` does, without recursion. */
export function stringifyDeepJson(root: JsonValue): string {
  const parts: string[] = [];
  const pending: Piece[] = [{ value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) {
      parts.push(next.text);
    } else {
      for (const piece of piecesOf(next.value).reverse()) {
        pending.push(piece);
      }
    }
  }
  return parts.join('');
}

function piecesOf(value: JsonValue): Piece[] {
  if (typeof value !== 'object' || value === null || sourceTextJson.isRawJSON(value)) {
    return [{ text: JSON.stringify(value) }];
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item: JsonValue): Piece[] => [{ text: ',' }, { value: item }]);
    return [{ text: '[' }, ...items.slice(1), { text: ']' }];
  }
  const fields = Object.entries(value as JsonObject).flatMap(([key, field]): Piece[] =>
    field === undefined ? [] : [{ text: `,${JSON.stringify(key)}:` }, { value: field }],
  );
  const [first] = fields;
  const start = first !== undefined && 'text' in first ? first.text.slice(1) : '';
  return [{ text: `{${start}` }, ...fields.slice(1), { text: '}' }];
}
