/** Where a text stops to be JSON, and what was expected there. */
class Stop extends Error {
  constructor(where: string) {
    super(where);
    this.name = 'Stop';
  }
}

/**
 * What Go's `encoding/json` says of a text that is no JSON (scanner.go). Slow, for errors alone; the
 * text must not be JSON.
 */
export function syntaxErrorOf(text: string): string {
  const source = Array.from(text);
  let at = 0;

  function space(): void {
    while (/^[ \t\r\n]$/.test(source[at] ?? '')) at += 1;
  }

  function stop(where: string): never {
    const found = source[at];
    if (found === undefined) throw new Stop('unexpected end of JSON input');
    const shown = found === "'" ? `'\\''` : found === '"' ? `'"'` : `'${found}'`;
    throw new Stop(`invalid character ${shown} ${where}`);
  }

  /** The next character that is no space; stops unless it is one of `wanted`. */
  function expect(wanted: string, where: string): string {
    space();
    const found = source[at] ?? '';
    if (found === '' || !wanted.includes(found)) stop(where);
    at += 1;
    return found;
  }

  function value(): void {
    space();
    const first = source[at] ?? '';
    if (first === '{') object();
    else if (first === '[') array();
    else if (first === '"') string();
    else if (/^[-\d]$/.test(first)) number();
    else {
      const word = ['true', 'false', 'null'].find((item) => item.startsWith(first));
      if (first === '' || word === undefined) stop('looking for beginning of value');
      literal(word);
    }
  }

  function literal(word: string): void {
    for (const letter of word) {
      if (source[at] !== letter) stop(`in literal ${word} (expecting '${letter}')`);
      at += 1;
    }
  }

  function object(): void {
    at += 1;
    space();
    if (source[at] === '}') {
      at += 1;
      return;
    }
    do {
      space();
      if (source[at] !== '"') stop('looking for beginning of object key string');
      string();
      expect(':', 'after object key');
      value();
    } while (expect(',}', 'after object key:value pair') === ',');
  }

  function array(): void {
    at += 1;
    space();
    if (source[at] === ']') {
      at += 1;
      return;
    }
    do value();
    while (expect(',]', 'after array element') === ',');
  }

  function string(): void {
    at += 1;
    while (source[at] !== '"') {
      if ((source[at] ?? '') < ' ') stop('in string literal');
      if (source[at] === '\\') escape();
      else at += 1;
    }
    at += 1;
  }

  function escape(): void {
    at += 1;
    if (!/^["\\/bfnrtu]$/.test(source[at] ?? '')) stop('in string escape code');
    const digits = source[at] === 'u' ? 4 : 0;
    at += 1;
    for (let count = 0; count < digits; count += 1) {
      if (!/^[\da-fA-F]$/.test(source[at] ?? '')) stop('in \\u hexadecimal character escape');
      at += 1;
    }
  }

  function digits(where: string): void {
    if (!/^\d$/.test(source[at] ?? '')) stop(where);
    while (/^\d$/.test(source[at] ?? '')) at += 1;
  }

  function number(): void {
    if (source[at] === '-') at += 1;
    if (source[at] === '0') at += 1;
    else digits('in numeric literal');
    if (source[at] === '.') {
      at += 1;
      digits('after decimal point in numeric literal');
    }
    if (/^[eE]$/.test(source[at] ?? '')) {
      at += 1;
      if (/^[+-]$/.test(source[at] ?? '')) at += 1;
      digits('in exponent of numeric literal');
    }
  }

  try {
    value();
    space();
    return stop('after top-level value');
  } catch (error) {
    if (error instanceof Stop) return error.message;
    throw error;
  }
}
