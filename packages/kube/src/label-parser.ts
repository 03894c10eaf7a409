import { isWord, labelTokens } from './label-lexer.ts';
import type { LabelToken, LabelTokenKind } from './label-lexer.ts';
import { parseInt64 } from './label-selector.ts';
import type { LabelOperator, LabelRequirement, LabelSelector } from './label-selector.ts';
import { labelKeyFault, labelValueFault, quote } from './label-syntax.ts';

/** From offset `start` up to `end`, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type LabelSelectorResult =
  | {
      readonly ok: true;
      readonly selector: LabelSelector;
      /** Where each requirement stands in the text. */
      readonly ranges: readonly TextRange[];
    }
  | SelectorFault;

/** What is wrong with a selector, in a sentence, and where: a 0-based offset for a caret. */
export interface SelectorFault {
  readonly ok: false;
  readonly message: string;
  readonly position: number;
}

/**
 * Reads a label selector: the whole grammar of apimachinery's `labels.Parse`, so that what is
 * accepted here is what kubectl and the API server accept. Empty text selects everything.
 */
export function parseLabelSelector(text: string): LabelSelectorResult {
  const cursor = createCursor(labelTokens(text));
  const requirements: LabelRequirement[] = [];
  const ranges: TextRange[] = [];
  while (cursor.peek().kind !== 'end') {
    const { start } = cursor.peek();
    const requirement = readRequirement(cursor);
    if (isFault(requirement)) {
      return requirement;
    }
    requirements.push(requirement);
    ranges.push({ start, end: cursor.consumedTo() });
    const separator = cursor.next();
    if (separator.kind === 'end') {
      break;
    }
    if (separator.kind !== ',') {
      return unexpected(separator, '"," or the end of the selector');
    }
    if (!startsRequirement(cursor.peek())) {
      return unexpected(cursor.peek(), 'a label key or "!" after ","');
    }
  }
  return { ok: true, selector: { requirements }, ranges };
}

interface Cursor {
  peek(): LabelToken;
  next(): LabelToken;
  consumedTo(): number;
}

function createCursor(tokens: readonly LabelToken[]): Cursor {
  const end = tokens.at(-1) ?? { kind: 'end', text: '', start: 0, end: 0 };
  let index = 0;
  const peek = () => tokens[index] ?? end;
  return {
    peek,
    next() {
      const token = peek();
      index += 1;
      return token;
    },
    consumedTo: () => tokens[index - 1]?.end ?? 0,
  };
}

function startsRequirement(token: LabelToken): boolean {
  return isWord(token) || token.kind === '!';
}

function readRequirement(cursor: Cursor): LabelRequirement | SelectorFault {
  const first = cursor.next();
  const negated = first.kind === '!';
  const key = negated ? cursor.next() : first;
  if (!isWord(key)) {
    return unexpected(key, negated ? 'a label key after "!"' : 'a label key or "!"');
  }
  const keyFault = labelKeyFault(key.text);
  if (keyFault !== undefined) {
    return fault(keyFault, key.start);
  }
  if (negated) {
    return { key: key.text, operator: '!exists', values: [] };
  }
  const following = cursor.peek().kind;
  if (following === 'end' || following === ',') {
    return { key: key.text, operator: 'exists', values: [] };
  }
  return readComparison(cursor, key.text);
}

const operators: Partial<Record<LabelTokenKind, LabelOperator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '=',
  '!=': '!=',
  '>': '>',
  '<': '<',
};

function readComparison(cursor: Cursor, key: string): LabelRequirement | SelectorFault {
  const token = cursor.next();
  const operator = operators[token.kind];
  if (operator === undefined) {
    const expected = `"=", "!=", "in", "notin", ">" or "<" after the key ${quote(key)}`;
    return unexpected(token, expected);
  }
  const read =
    operator === 'in' || operator === 'notin' ? readSet(cursor, operator) : readOne(cursor);
  if (isFault(read)) {
    return read;
  }
  const wrong = valueFault(operator, read);
  return wrong ?? { key, operator, values: [...new Set(read.map(({ text }) => text))] };
}

type ValueToken = Pick<LabelToken, 'text' | 'start'>;

function valueFault(
  operator: LabelOperator,
  values: readonly ValueToken[],
): SelectorFault | undefined {
  for (const { text, start } of values) {
    if ((operator === '>' || operator === '<') && parseInt64(text) === undefined) {
      const rule = `${quote(operator)} compares with an integer of 64 bits`;
      return fault(`${rule}, found ${text === '' ? 'nothing' : quote(text)}.`, start);
    }
    const wrong = labelValueFault(text);
    if (wrong !== undefined) {
      return fault(wrong, start);
    }
  }
  return undefined;
}

function readOne(cursor: Cursor): readonly ValueToken[] | SelectorFault {
  const token = cursor.peek();
  if (token.kind === 'end' || token.kind === ',') {
    return [{ text: '', start: token.start }];
  }
  return isWord(token) ? [cursor.next()] : unexpected(token, 'a label value');
}

function readSet(cursor: Cursor, operator: string): readonly ValueToken[] | SelectorFault {
  const open = cursor.next();
  if (open.kind !== '(') {
    return unexpected(open, `"(" after "${operator}"`);
  }
  const token = cursor.peek();
  if (token.kind === ')') {
    return [{ text: '', start: cursor.next().start }];
  }
  if (!isWord(token) && token.kind !== ',') {
    return unexpected(token, 'a label value, "," or ")"');
  }
  return readSetItems(cursor);
}

/** The items up to and with the closing parenthesis; nothing where a value could be is the empty one. */
function readSetItems(cursor: Cursor): readonly ValueToken[] | SelectorFault {
  const items: ValueToken[] = [];
  for (;;) {
    const token = cursor.next();
    const following = cursor.peek();
    if (isWord(token)) {
      items.push(token);
      if (following.kind !== ',' && following.kind !== ')') {
        return unexpected(following, '"," or ")"');
      }
    } else if (token.kind === ',') {
      if (items.length === 0 || following.kind === ',' || following.kind === ')') {
        items.push({ text: '', start: token.start });
      }
    } else {
      return unexpected(token, 'a label value or ","');
    }
    if (following.kind === ')') {
      cursor.next();
      return items;
    }
  }
}

function unexpected(token: LabelToken, expected: string): SelectorFault {
  const found = token.kind === 'end' ? 'the end of the selector' : quote(token.text);
  return fault(`Found ${found}, expected ${expected}.`, token.start);
}

function fault(message: string, position: number): SelectorFault {
  return { ok: false, message, position };
}

function isFault(value: object): value is SelectorFault {
  return 'ok' in value;
}
