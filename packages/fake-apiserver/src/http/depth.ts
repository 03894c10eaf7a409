import { isMap, type Json, type JsonMap } from '../json.ts';

/**
 * How deep maps and lists may lie in each other. Go's JSON takes 10,000 levels; what is done with an
 * object here calls itself level by level, for which Node's stack has room some 2,500 times, and
 * writing it as YAML takes as long as its depth to the third power.
 */
export const MAX_DEPTH = 500;

/** What Go's scanner says of JSON that is too deep; undefined of any other, well-formed or not. */
export function depthFault(text: string): string | undefined {
  if (!hasManyBrackets(text)) return undefined;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfString(text, at);
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return `invalid character '${character}' exceeded max depth`;
    }
  }
  return undefined;
}

/** Whether there can be so many levels at all: most bodies need not be looked at more closely. */
function hasManyBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > MAX_DEPTH) return true;
    }
  }
  return false;
}

/** Where the quote is that ends the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function isContainer(value: Json | undefined): value is Json[] | JsonMap {
  return Array.isArray(value) || isMap(value);
}

/** The same of a value that is there already. */
export function isTooDeep(value: Json): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((container) => Object.values(container)).filter(isContainer);
  }
  return false;
}
