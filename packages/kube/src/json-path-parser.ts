import { quote } from './label-syntax.ts';

/** One step of a path; it takes each value found so far to the values it leads to. */
export type PathStep =
  | { readonly kind: 'field'; readonly name: string; readonly nested?: readonly string[] }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'slice';
      readonly start?: number | undefined;
      readonly end?: number | undefined;
      readonly step?: number | undefined;
    }
  | { readonly kind: 'union'; readonly paths: readonly (readonly PathStep[])[] }
  | { readonly kind: 'filter'; readonly filter: PathFilter };

export interface PathFilter {
  readonly left: PathOperand;
  readonly operator: 'exists' | '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly right?: PathOperand;
}

export type PathOperand =
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean };

/** A path that cannot be read: the message says where and why. Never leaves this package. */
export class JsonPathError extends Error {}

/** Longer ones are hostile or a mistake: the API server's own columns have tens of characters. */
const longestPath = 2048;

/**
 * Reads a path in kubectl's dialect: `.a.b`, `.a\.b`, `['a.b']`, `[0]`, `[-1]`, `[1:3]`, `[*]`,
 * `.*`, `..a`, `['a','b']`, `[?(@.type=="Ready")]`; braces around it and a leading `$` may be
 * there. Throws {@link JsonPathError}. Rule: client-go `util/jsonpath/parser.go`.
 */
export function parseJsonPath(text: string): readonly PathStep[] {
  if (text.length > longestPath) {
    throw new JsonPathError(`The path is longer than ${longestPath} characters.`);
  }
  return parseSteps(/^\s*\{([^]*)\}\s*$/.exec(text)?.[1] ?? text);
}

function parseSteps(text: string): readonly PathStep[] {
  const steps: PathStep[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const token = stepPattern.exec(rest);
    if (token === null) {
      throw new JsonPathError(
        `Cannot read the path ${quote(text)} from character ${at} on: expected ".", "[" or the end, found ${quote(rest)}.`,
      );
    }
    steps.push(...readStep(token, steps.at(-1)));
    at += token[0].length;
  }
  return steps;
}

const quoted = String.raw`'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"`;
/** Blank or the current object; recursive descent; a field; a filter; what else is in brackets. */
const stepPattern = new RegExp(
  [
    String.raw`^(?:[\s$@]`,
    String.raw`(?<recursive>\.\.)(?<descendant>\*|[\w](?:\\[^]|[^.,[\]$@{}\s\\])*)?`,
    String.raw`\.(?<field>(?:\\[^]|[^.,[\]$@{}\s\\])*)`,
    String.raw`\[\?\((?<filter>(?:${quoted}|[^)"'])*)\)\s*\]`,
    String.raw`\[(?<items>(?:${quoted}|[^\]"'?])*)\])`,
  ].join('|'),
);

function readStep(token: RegExpExecArray, previous: PathStep | undefined): readonly PathStep[] {
  const { recursive, descendant, field, filter, items } = token.groups ?? {};
  if (recursive !== undefined) {
    if (previous?.kind === 'recursive') {
      throw new JsonPathError('The path has ".." twice in a row.');
    }
    const down: PathStep = { kind: 'recursive' };
    return descendant === undefined ? [down] : [down, fieldStep(descendant)];
  }
  if (field !== undefined) {
    return [fieldStep(field)];
  }
  if (filter !== undefined) {
    return [{ kind: 'filter', filter: parseFilter(filter) }];
  }
  return items === undefined ? [] : itemSteps(items);
}

function fieldStep(name: string): PathStep {
  return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: unescape(name) };
}

function unescape(name: string): string {
  return name.replaceAll(/\\([^])/g, '$1');
}

function itemSteps(items: string): readonly PathStep[] {
  const parts = items.match(new RegExp(`(?:${quoted}|[^,"'])+`, 'g')) ?? [''];
  const paths = parts.map((part) => [itemStep(part.trim())]);
  return paths.length === 1 ? paths.flat() : [{ kind: 'union', paths }];
}

const slice = /^(-?\d{1,9})?(?::(-?\d{1,9})?)?(?::(\d{1,9})?)?$/;

function itemStep(text: string): PathStep {
  if (/^['"]/.test(text)) {
    return keyStep(text.slice(1, -1));
  }
  if (/^-?\d{1,9}$/.test(text)) {
    return { kind: 'index', index: Number(text) };
  }
  const range = slice.exec(text === '*' ? ':' : text);
  if (range === null) {
    throw new JsonPathError(
      `Found ${quote(text)} in brackets, expected an index, a slice, "*" or a quoted key.`,
    );
  }
  const [, start, end, step] = range;
  const number = (digits: string | undefined) =>
    digits === undefined ? undefined : Number(digits);
  return { kind: 'slice', start: number(start), end: number(end), step: number(step) };
}

/**
 * A quoted key. kubectl reads `['a.b']` as `.a.b`, and `['a\.b']` as the one key `a.b`; most who
 * write the former mean the latter, so the one key is looked for first.
 */
function keyStep(key: string): PathStep {
  const name = unescape(key);
  const nested = (key.match(/(?:\\[^]|[^.\\])+/g) ?? []).map(unescape);
  return nested.length > 1 ? { kind: 'field', name, nested } : { kind: 'field', name };
}

const comparison = new RegExp(
  `^(?<left>(?:${quoted}|[^!<>="'])+)(?<operator>==|!=|<=|>=|<|>)(?<right>[^]+)$`,
);

function parseFilter(text: string): PathFilter {
  const { left, operator, right } = comparison.exec(text)?.groups ?? {};
  if (left === undefined || right === undefined) {
    if (/[=<>!]/.test(text.replaceAll(new RegExp(quoted, 'g'), ''))) {
      throw new JsonPathError(
        `Cannot read the filter ${quote(text)}: expected ==, !=, <, <=, > or >= between two values.`,
      );
    }
    return { left: parseOperand(text), operator: 'exists' };
  }
  return {
    left: parseOperand(left),
    operator: operator as PathFilter['operator'],
    right: parseOperand(right),
  };
}

function parseOperand(source: string): PathOperand {
  const text = source.trim();
  if (new RegExp(`^(?:${quoted})$`).test(text)) {
    return { kind: 'literal', value: unescape(text.slice(1, -1)) };
  }
  if (text === 'true' || text === 'false') {
    return { kind: 'literal', value: text === 'true' };
  }
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) {
    return { kind: 'literal', value: Number(text) };
  }
  if (/^[@$.[]/.test(text)) {
    return { kind: 'path', steps: parseSteps(text) };
  }
  throw new JsonPathError(
    `Found ${quote(text)} in a filter, expected a path, a quoted text, a number, true or false.`,
  );
}
