import { labelValueFaults, qualifiedNameFaults } from '../write/qualified-name.ts';

const UNREADABLE = 'unable to parse requirement: ';
const OPERATORS = new Set(['in', 'notin', '=', '==', '!=', '>', '<']);
const SYMBOLS = new Set(['=', '==', '!=', '!', '(', ')', ',', '>', '<']);
const TOKENS = /==|!=|[=!(),<>]|[^=!(),<>\t\n\r ]+/g;
const INT64_LIMIT = 2n ** 63n;

/** What ends the reading; its message is Kubernetes'. */
class SelectorError extends Error {}

/**
 * What Kubernetes says of a label selector that it cannot read: the words of apimachinery
 * pkg/labels/selector.go. Undefined for one that it can.
 */
export function labelSelectorError(text: string): string | undefined {
  try {
    readSelector(tokensOf(text));
    return undefined;
  } catch (error) {
    if (error instanceof SelectorError) return error.message;
    throw error;
  }
}

/** `next` takes a token and `peek` leaves it; at the end both give the empty text. */
interface Tokens {
  next(): string;
  peek(): string;
}

function tokensOf(text: string): Tokens {
  const tokens = text.match(TOKENS) ?? [];
  let at = 0;
  return {
    next() {
      at += 1;
      return tokens[at - 1] ?? '';
    },
    peek: () => tokens[at] ?? '',
  };
}

function isWord(token: string): boolean {
  return token !== '' && !SYMBOLS.has(token);
}

function fail(found: string, expected: string): never {
  throw new SelectorError(`found '${found}', expected: ${expected}`);
}

function readSelector(tokens: Tokens): void {
  while (tokens.peek() !== '') {
    const first = tokens.peek();
    if (!isWord(first) && first !== '!') fail(first, "!, identifier, or 'end of string'");
    readRequirement(tokens);
    const separator = tokens.next();
    if (separator === '') return;
    if (separator !== ',') fail(separator, "',' or 'end of string'");
    const following = tokens.peek();
    if (!isWord(following) && following !== '!') fail(following, "identifier after ','");
  }
}

function readRequirement(tokens: Tokens): void {
  try {
    readTerm(tokens);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new SelectorError(UNREADABLE + error.message);
  }
}

function readTerm(tokens: Tokens): void {
  const negated = tokens.peek() === '!';
  if (negated) tokens.next();
  const key = tokens.next();
  if (!isWord(key)) fail(key, 'identifier');
  const faults = qualifiedNameFaults(key);
  if (faults.length > 0) throw new SelectorError(`<nil>: ${invalid(key, faults)}`);
  if (negated || tokens.peek() === '' || tokens.peek() === ',') return;
  const operator = tokens.next();
  if (!OPERATORS.has(operator)) fail(operator, 'in, notin, =, ==, !=, gt, lt');
  const values =
    operator === 'in' || operator === 'notin' ? readSet(tokens) : new Set([readValue(tokens)]);
  checkValues(key, operator, [...values].sort());
}

function readValue(tokens: Tokens): string {
  if (tokens.peek() === '' || tokens.peek() === ',') return '';
  const value = tokens.next();
  return isWord(value) ? value : fail(value, 'identifier');
}

function readSet(tokens: Tokens): ReadonlySet<string> {
  const open = tokens.next();
  if (open !== '(') throw new SelectorError(`found '${open}' expected: '('`);
  const first = tokens.peek();
  if (first === ')') {
    tokens.next();
    return new Set(['']);
  }
  if (!isWord(first) && first !== ',') fail(first, "',', ')' or identifier");
  const items = readItems(tokens);
  // Kubernetes names the token before the one that is wrong.
  if (tokens.next() !== ')') fail(first, "')'");
  return items;
}

/** The items up to the closing parenthesis; nothing where one could be is the empty one. */
function readItems(tokens: Tokens): ReadonlySet<string> {
  const items = new Set<string>();
  for (;;) {
    const token = tokens.next();
    const following = tokens.peek();
    if (isWord(token)) {
      items.add(token);
      if (following === ')') return items;
      if (following !== ',') fail(following, "',' or ')'");
    } else if (token === ',') {
      if (items.size === 0 || following === ')' || following === ',') items.add('');
      if (following === ')') return items;
    } else fail(token, "',', or identifier");
  }
}

function checkValues(key: string, operator: string, values: readonly string[]): void {
  const faults = [...numberFaults(operator, values), ...valueFaults(key, values)];
  if (faults.length === 0) return;
  throw new SelectorError(faults.length === 1 ? faults.join('') : `[${faults.join(', ')}]`);
}

function numberFaults(operator: string, values: readonly string[]): string[] {
  if (operator !== '>' && operator !== '<') return [];
  return values.flatMap((value, index) =>
    isInt64(value)
      ? []
      : [
          `values[${index}]: ${invalid(value, ["for 'Gt', 'Lt' operators, the value must be an integer"])}`,
        ],
  );
}

function valueFaults(key: string, values: readonly string[]): string[] {
  return values.flatMap((value, index) => {
    const faults = labelValueFaults(value);
    return faults.length === 0 ? [] : [`values[${index}][${key}]: ${invalid(value, faults)}`];
  });
}

function invalid(value: string, faults: readonly string[]): string {
  return `Invalid value: ${JSON.stringify(value)}: ${faults.join('; ')}`;
}

function isInt64(text: string): boolean {
  if (!/^[+-]?\d+$/.test(text)) return false;
  const value = BigInt(text.replace('+', ''));
  return value >= -INT64_LIMIT && value < INT64_LIMIT;
}
