import {
  bracketClass,
  characterEscape,
  classEscape,
  GoPatternError,
  literal,
  type Translated,
} from './go-regexp-syntax.ts';

/** A pattern of Go's (RE2) as this engine runs it, or why it is none, in Go's words. */
export type CompiledPattern =
  | { readonly kind: 'pattern'; readonly expression: RegExp }
  | { readonly kind: 'invalid'; readonly error: string }
  /** Good in Go, beyond this engine. */
  | { readonly kind: 'unsupported' };

interface Flags {
  readonly fold: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly lazy: boolean;
}

interface Group {
  /** The flags that hold again after it. */
  readonly outer: Flags;
  /** What was opened inside for flags alone, and is to be closed with it. */
  readonly opened: string[];
}

interface State {
  readonly source: string;
  text: string;
  flags: Flags;
  readonly groups: Group[];
  /** Whether what came last can be repeated. */
  atom: boolean;
  /** Where the last repetition started, while nothing has come after it. */
  repeat: number | undefined;
}

const REPEAT_LIMIT = 1000;

/** Translates and compiles `source`; see Go's regexp/syntax for what is good. */
export function compileGoPattern(source: string): CompiledPattern {
  let text: string;
  try {
    text = translate(source);
  } catch (error) {
    if (error instanceof GoPatternError) return { kind: 'invalid', error: error.message };
    throw error;
  }
  try {
    return { kind: 'pattern', expression: new RegExp(text, 'u') };
  } catch {
    return { kind: 'unsupported' };
  }
}

function translate(source: string): string {
  const outer = { fold: false, multiline: false, dotAll: false, lazy: false };
  const state: State = {
    source,
    text: '',
    flags: outer,
    groups: [{ outer, opened: [] }],
    atom: false,
    repeat: undefined,
  };
  for (let index = 0; index < source.length;) index = step(state, index);
  if (state.groups.length !== 1) throw new GoPatternError('missing closing )', source);
  return state.text + ')'.repeat(state.groups[0]?.opened.length ?? 0);
}

/** Takes one thing of the source over; returns where the next one starts. */
function step(state: State, index: number): number {
  const { source } = state;
  const character = source[index] ?? '';
  if ('*+?'.includes(character)) return repeat(state, index, index + 1, character);
  const counted = character === '{' ? /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(index)) : null;
  if (counted !== null) return repeatCounted(state, index, counted);
  state.repeat = undefined;
  if (character === '(') return open(state, index);
  if (character === ')') return close(state, index);
  if (character === '|') {
    // Flags set in one alternative hold in the next, and so their groups must reach over it.
    const { opened } = currentGroup(state);
    state.text += `${')'.repeat(opened.length)}|${opened.join('')}`;
    state.atom = false;
    return index + 1;
  }
  const taken = atomAt(state, index);
  state.text += taken.text;
  state.atom = true;
  return taken.end;
}

function currentGroup(state: State): Group {
  const group = state.groups.at(-1);
  if (group === undefined) throw new GoPatternError('unexpected )', state.source);
  return group;
}

function atomAt({ source, flags }: State, index: number): Translated {
  const end = index + 1;
  switch (source[index]) {
    case '^':
      return { text: flags.multiline ? '(?:^|(?<=\\n))' : '(?:^)', end };
    case '$':
      return { text: flags.multiline ? '(?:$|(?=\\n))' : '(?:$)', end };
    case '.':
      return { text: flags.dotAll ? '[^]' : '[^\\n]', end };
    case '[':
      return bracketClass(source, index);
    case '\\':
      return escapeAt(source, index);
    default: {
      const character = String.fromCodePoint(source.codePointAt(index) ?? 0);
      return { text: literal(character), end: index + character.length };
    }
  }
}

const ASSERTIONS: Readonly<Record<string, string>> = {
  A: '(?:^)',
  b: '(?:\\b)',
  B: '(?:\\B)',
  z: '(?:$)',
};

function escapeAt(source: string, index: number): Translated {
  const letter = source[index + 1] ?? '';
  const assertion = ASSERTIONS[letter];
  if (assertion !== undefined) return { text: assertion, end: index + 2 };
  if (letter === 'C') throw new GoPatternError('invalid escape sequence', '\\C');
  if (letter === 'Q') {
    const close = source.indexOf('\\E', index + 2);
    const stop = close < 0 ? source.length : close;
    const text = Array.from(source.slice(index + 2, stop))
      .map(literal)
      .join('');
    return { text: `(?:${text})`, end: close < 0 ? stop : stop + 2 };
  }
  const whole = classEscape(source, index);
  if (whole !== undefined) return whole;
  const { text, end } = characterEscape(source, index);
  return { text: literal(text), end };
}

function repeatCounted(state: State, index: number, counted: RegExpExecArray): number {
  const [all, from = '', comma, to = ''] = counted;
  const most = to === '' ? (comma === '' ? Number(from) : -1) : Number(to);
  if (Number(from) > REPEAT_LIMIT || most > REPEAT_LIMIT || (most >= 0 && Number(from) > most)) {
    throw new GoPatternError('invalid repeat count', all);
  }
  return repeat(state, index, index + all.length, all);
}

function repeat(state: State, start: number, end: number, operator: string): number {
  const { source } = state;
  const lazy = source[end] === '?';
  const after = lazy ? end + 1 : end;
  if (state.repeat !== undefined) {
    const part = source.slice(state.repeat, after);
    throw new GoPatternError('invalid nested repetition operator', part);
  }
  if (!state.atom) {
    const part = source.slice(start, after);
    throw new GoPatternError('missing argument to repetition operator', part);
  }
  state.text += operator + (lazy === state.flags.lazy ? '' : '?');
  state.repeat = start;
  return after;
}

function open(state: State, index: number): number {
  const { source } = state;
  state.atom = false;
  if (source[index + 1] !== '?') {
    push(state, '(');
    return index + 1;
  }
  const rest = source.slice(index);
  if (/^\(\?P?</.test(rest)) return openNamed(state, index, rest);
  const found = /^\(\?([imsU]*)(?:(-)([imsU]+))?([:)])/.exec(rest);
  if (found === null) {
    const bad = /^\(\?[imsU]*(?:-[imsU]*)?.?/su.exec(rest)?.[0] ?? rest;
    throw new GoPatternError('invalid or unsupported Perl syntax', bad);
  }
  const [all, on = '', , off = '', end] = found;
  if (end === ':') push(state, '(?:');
  setFlags(state, on, off);
  return index + all.length;
}

function openNamed(state: State, index: number, rest: string): number {
  const found = /^\(\?P?<([^>]*)>/.exec(rest);
  if (found === null) throw new GoPatternError('invalid named capture', rest);
  const [all, name = ''] = found;
  if (!/^\w+$/.test(name)) throw new GoPatternError('invalid named capture', all);
  push(state, '(');
  return index + all.length;
}

function push(state: State, text: string): void {
  state.groups.push({ outer: state.flags, opened: [] });
  state.text += text;
}

function setFlags(state: State, on: string, off: string): void {
  const flag = (letter: string, before: boolean): boolean =>
    (before || on.includes(letter)) && !off.includes(letter);
  const before = state.flags;
  state.flags = {
    fold: flag('i', before.fold),
    multiline: flag('m', before.multiline),
    dotAll: flag('s', before.dotAll),
    lazy: flag('U', before.lazy),
  };
  if (state.flags.fold === before.fold) return;
  const opening = state.flags.fold ? '(?i:' : '(?-i:';
  state.text += opening;
  currentGroup(state).opened.push(opening);
}

function close(state: State, index: number): number {
  const group = state.groups.pop();
  if (group === undefined || state.groups.length === 0) {
    throw new GoPatternError('unexpected )', state.source);
  }
  state.text += ')'.repeat(group.opened.length + 1);
  state.flags = group.outer;
  state.atom = true;
  return index + 1;
}
