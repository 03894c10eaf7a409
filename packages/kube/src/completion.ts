import { isWord, labelTokens } from './label-lexer.ts';
import type { LabelToken } from './label-lexer.ts';
import type { TextRange } from './label-parser.ts';

/** What is being typed at the caret of a label selector. `typed` is what of it stands before the caret. */
export type CompletionContext = {
  /** What a completion takes the place of. */
  readonly range: TextRange;
  readonly typed: string;
} & (
  | {
      readonly kind: 'key';
      /** A `!` stands before it. */
      readonly negated: boolean;
    }
  | { readonly kind: 'operator'; readonly key: string }
  | {
      readonly kind: 'value';
      readonly key: string;
      readonly operator: string;
      /** The values that the set already has. */
      readonly chosen: readonly string[];
    }
  /** Nothing but this can follow: `(` after `in`, `,` or `)` after a value. */
  | { readonly kind: 'punctuation'; readonly expected: readonly ('(' | ',' | ')')[] }
);

/** Where the reader of the tokens before the caret stands. */
type State =
  | { readonly kind: 'key'; readonly negated: boolean }
  | { readonly kind: 'operator'; readonly key: string; readonly negated: boolean }
  | { readonly kind: 'open'; readonly key: string; readonly operator: string }
  | {
      readonly kind: 'value';
      readonly key: string;
      readonly operator: string;
      readonly chosen: readonly string[];
      /** In a set the value that ends it is followed by `,` or `)`. */
      readonly complete: boolean;
    }
  | { readonly kind: 'done' };

const start: State = { kind: 'key', negated: false };

/**
 * What can be completed at `caret`, an offset into the text of a label selector: a key, an
 * operator of a key, or a value of a key; with the range that a completion replaces. Works on
 * selectors that are not complete or wrong elsewhere, too.
 */
export function completionContext(text: string, caret: number): CompletionContext {
  const tokens = labelTokens(text).filter(({ kind }) => kind !== 'end');
  const word = tokens.find((token) => isWord(token) && token.start <= caret && caret <= token.end);
  const until = word?.start ?? caret;
  const before = tokens.filter((token) => token.end <= until && token !== word);
  const state = before.reduce(step, start);
  const range = word === undefined ? { start: caret, end: caret } : rangeOf(word);
  const typed = text.slice(range.start, caret);
  return contextOf(state, range, typed, caret);
}

function rangeOf({ start, end }: LabelToken): TextRange {
  return { start, end };
}

function contextOf(
  state: State,
  range: TextRange,
  typed: string,
  caret: number,
): CompletionContext {
  switch (state.kind) {
    case 'key':
      return { kind: 'key', negated: state.negated, range, typed };
    case 'operator':
      return state.negated
        ? punctuation([','], caret)
        : { kind: 'operator', key: state.key, range, typed };
    case 'open':
      return punctuation(['('], caret);
    case 'value': {
      const { key, operator, chosen } = state;
      return state.complete
        ? punctuation([',', ')'], caret)
        : { kind: 'value', key, operator, chosen, range, typed };
    }
    case 'done':
      return punctuation([','], caret);
  }
}

function punctuation(expected: readonly ('(' | ',' | ')')[], caret: number): CompletionContext {
  return { kind: 'punctuation', expected, range: { start: caret, end: caret }, typed: '' };
}

function step(state: State, token: LabelToken): State {
  switch (state.kind) {
    case 'key':
      if (token.kind === '!') {
        return { kind: 'key', negated: true };
      }
      return isWord(token) ? { kind: 'operator', key: token.text, negated: state.negated } : start;
    case 'operator':
      return afterKey(state.key, token);
    case 'open':
      return token.kind === '('
        ? { ...state, kind: 'value', chosen: [], complete: false }
        : restart(token, state);
    case 'value':
      return insideValue(state, token);
    case 'done':
      return restart(token, state);
  }
}

function afterKey(key: string, token: LabelToken): State {
  switch (token.kind) {
    case 'in':
    case 'notin':
      return { kind: 'open', key, operator: token.kind };
    case '=':
    case '==':
    case '!=':
    case '>':
    case '<':
      return { kind: 'value', key, operator: token.kind, chosen: [], complete: false };
    case ',':
      return start;
    case 'identifier':
    case '!':
    case '(':
    case ')':
    case 'end':
      return { kind: 'done' };
  }
}

function insideValue(state: Extract<State, { kind: 'value' }>, token: LabelToken): State {
  const inSet = state.operator === 'in' || state.operator === 'notin';
  if (!inSet) {
    return token.kind === ',' ? start : { kind: 'done' };
  }
  if (token.kind === ',') {
    return { ...state, complete: false };
  }
  return isWord(token)
    ? { ...state, chosen: [...state.chosen, token.text], complete: true }
    : { kind: 'done' };
}

/** Whatever is wrong before it, a comma begins the next requirement. */
function restart(token: LabelToken, state: State): State {
  return token.kind === ',' ? start : state;
}
