/** Why a pattern is none in Go's syntax (regexp/syntax), in Go's words. */
export class GoPatternError extends Error {
  constructor(code: string, part: string) {
    super(`error parsing regexp: ${code}: \`${part}\``);
    this.name = 'GoPatternError';
  }
}

/** What was read of a pattern, in this engine's syntax, and where it ended. */
export interface Translated {
  readonly text: string;
  readonly end: number;
}

const PERL_CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  s: '\\t\\n\\f\\r ',
  w: '0-9A-Za-z_',
};

const NAMED_CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const CONTROL: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** One character, so written that it stands for itself inside and outside brackets. */
export function literal(character: string): string {
  if (/[$()*+./?[\\\]^{|}-]/.test(character)) {
    return character === '-' ? '\\x2d' : `\\${character}`;
  }
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : character;
}

/** `\pL`, `\p{Greek}`, `\P{Lu}`; undefined where there is none at `start`. */
function unicodeClass(source: string, start: number): Translated | undefined {
  const found = /^\\([pP])(?:\{(\^?)([^}]*)\}|(.))/su.exec(source.slice(start));
  if (found === null) return undefined;
  const [all, letter = '', caret = '', inBraces, single] = found;
  const name = inBraces ?? single ?? '';
  const negated = (letter === 'P') !== (caret === '^');
  const end = start + all.length;
  for (const property of [name, `Script=${name}`]) {
    const text = `\\${negated ? 'P' : 'p'}{${property}}`;
    if (isPattern(text)) return { text, end };
  }
  throw new GoPatternError('invalid character class range', all);
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}

/** `\d` and its like, or a class of Unicode's, as it is written outside brackets. */
export function classEscape(source: string, start: number): Translated | undefined {
  const letter = source[start + 1] ?? '';
  const perl = PERL_CLASSES[letter.toLowerCase()];
  if (perl !== undefined) {
    const negated = letter !== letter.toLowerCase();
    return { text: `[${negated ? '^' : ''}${perl}]`, end: start + 2 };
  }
  return unicodeClass(source, start);
}

/** A single character that is written with a backslash; the character itself. */
export function characterEscape(source: string, start: number): Translated {
  const rest = source.slice(start);
  if (rest.length < 2) throw new GoPatternError('trailing backslash at end of expression', '');
  const code = /^\\(?:x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/.exec(
    rest,
  );
  if (code !== null) {
    const [all, braced, plain, octal] = code;
    const point = octal === undefined ? parseInt(braced ?? plain ?? '', 16) : parseInt(octal, 8);
    if (point <= 0x10_ff_ff) return { text: String.fromCodePoint(point), end: start + all.length };
  }
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  const control = CONTROL[character];
  if (control !== undefined) return { text: control, end: start + 2 };
  if (/^(?:[0-9A-Za-z]|[^\0-\x7f])/u.test(character)) {
    throw new GoPatternError('invalid escape sequence', escapedPart(rest));
  }
  return { text: character, end: start + 2 };
}

/** As much of a bad escape as Go has read when it gives up. */
function escapedPart(rest: string): string {
  const found = /^\\x(?:\{[0-9A-Fa-f]*.?|.{0,2})/su.exec(rest) ?? /^\\./su.exec(rest);
  return found?.[0] ?? rest;
}

/** A class in brackets, from `[` to its `]`. */
export function bracketClass(source: string, start: number): Translated {
  const missing = (): GoPatternError =>
    new GoPatternError('missing closing ]', source.slice(start));
  let index = start + 1;
  let text = '[';
  if (source[index] === '^') {
    text += '^';
    index += 1;
  }
  for (let first = true; first || source[index] !== ']'; first = false) {
    if (index >= source.length) throw missing();
    const whole = namedClass(source, index) ?? escapedClass(source, index);
    if (whole !== undefined) {
      text += whole.text;
      index = whole.end;
      continue;
    }
    const from = classCharacter(source, index, missing);
    let next = from;
    text += literal(from.text);
    if (source[from.end] === '-' && from.end + 1 < source.length && source[from.end + 1] !== ']') {
      next = classCharacter(source, from.end + 1, missing);
      if ((next.text.codePointAt(0) ?? 0) < (from.text.codePointAt(0) ?? 0)) {
        throw new GoPatternError('invalid character class range', source.slice(index, next.end));
      }
      text += `-${literal(next.text)}`;
    }
    index = next.end;
  }
  return { text: `${text}]`, end: index + 1 };
}

function namedClass(source: string, start: number): Translated | undefined {
  const found = /^\[:(\^?)(\w*):\]/.exec(source.slice(start));
  if (found === null) return undefined;
  const [all, caret, name = ''] = found;
  const members = Object.hasOwn(NAMED_CLASSES, name) ? NAMED_CLASSES[name] : undefined;
  if (members === undefined) throw new GoPatternError('invalid character class range', all);
  const end = start + all.length;
  if (caret !== '^') return { text: members, end };
  // What is not of the class, for a place that has no brackets of its own.
  return { text: complement(members), end };
}

/** The characters that ASCII `members` leave, as ranges. */
function complement(members: string): string {
  const inside = new RegExp(`[${members}]`, 'u');
  let ranges = '';
  for (let code = 0; code < 0x80; code += 1) {
    if (!inside.test(String.fromCodePoint(code))) {
      ranges += `\\x${code.toString(16).padStart(2, '0')}`;
    }
  }
  return `${ranges}\\x80-\\u{10ffff}`;
}

function escapedClass(source: string, start: number): Translated | undefined {
  if (source[start] !== '\\') return undefined;
  const letter = source[start + 1] ?? '';
  const members = PERL_CLASSES[letter.toLowerCase()];
  if (members === undefined) return unicodeClass(source, start);
  const text = letter === letter.toLowerCase() ? members : complement(members);
  return { text, end: start + 2 };
}

function classCharacter(source: string, start: number, missing: () => Error): Translated {
  if (start >= source.length) throw missing();
  if (source[start] === '\\') return characterEscape(source, start);
  const text = String.fromCodePoint(source.codePointAt(start) ?? 0);
  return { text, end: start + text.length };
}
