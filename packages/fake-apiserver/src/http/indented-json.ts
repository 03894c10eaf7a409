const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);

/**
 * Compact JSON with a line for each value, as Go's `json.MarshalIndent` writes it: two blanks a
 * level, nothing in what is empty, no newline at the end. Works on bytes, so that every digit and
 * every escape stays what it is.
 */
export function* indentJson(chunks: Iterable<Buffer>): Iterable<Buffer> {
  let depth = 0;
  let inText = false;
  let escaped = false;
  /** A bracket was opened, and nothing has come yet. */
  let opened = false;
  for (const chunk of chunks) {
    const out: (Buffer | string)[] = [];
    let from = 0;
    const put = (index: number, before: string, after: string): void => {
      out.push(chunk.subarray(from, index), before, chunk.subarray(index, index + 1), after);
      from = index + 1;
    };
    for (const [index, byte] of chunk.entries()) {
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inText = false;
        continue;
      }
      if (byte === NEWLINE) {
        out.push(chunk.subarray(from, index));
        from = index + 1;
        continue;
      }
      if (CLOSE.has(byte)) {
        depth -= 1;
        put(index, opened ? '' : indent(depth), '');
      } else if (byte === COLON) put(index, '', ' ');
      else if (byte === COMMA) put(index, '', indent(depth));
      else if (opened) put(index, indent(depth), '');
      opened = OPEN.has(byte);
      if (opened) depth += 1;
      if (byte === QUOTE) inText = true;
    }
    out.push(chunk.subarray(from));
    yield Buffer.concat(out.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  }
}

function indent(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
