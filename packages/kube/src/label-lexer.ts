/** What a token is; for all but `identifier` and `end` it is also how the token is written. */
export type LabelTokenKind =
  | 'identifier'
  | 'in'
  | 'notin'
  | '='
  | '=='
  | '!='
  | '>'
  | '<'
  | '!'
  | '('
  | ')'
  | ','
  | 'end';

/** A token of a label selector; `start` and `end` are offsets into its text, in UTF-16 units. */
export interface LabelToken {
  readonly kind: LabelTokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const symbols = new Set<string>(['=', '==', '!=', '>', '<', '!', '(', ')', ',']);
const tokenPattern = /==|!=|[=!(),<>]|[^=!(),<>\t\n\r ]+/g;

/**
 * Splits a label selector into tokens, an `end` token last. Every text can be split; `in` and
 * `notin` are keywords here and may still be keys or values where the grammar wants those.
 * Rule: apimachinery `pkg/labels/selector.go`, Lexer.
 */
export function labelTokens(text: string): readonly LabelToken[] {
  const tokens: LabelToken[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const [literal] = match;
    tokens.push({
      kind: tokenKind(literal),
      text: literal,
      start: match.index,
      end: match.index + literal.length,
    });
  }
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
}

function tokenKind(literal: string): LabelTokenKind {
  const keyword = literal === 'in' || literal === 'notin' || symbols.has(literal);
  return keyword ? (literal as LabelTokenKind) : 'identifier';
}

/** Whether the token can stand where a key or a value is wanted. */
export function isWord(token: LabelToken): boolean {
  return token.kind === 'identifier' || token.kind === 'in' || token.kind === 'notin';
}
