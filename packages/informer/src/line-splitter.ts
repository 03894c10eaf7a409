/** A line longer than this is no event: an object is at most 1.5 MiB in etcd, and JSON is not ten times as long. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';

  constructor(limit: number) {
    super(`A line of the watch is longer than ${limit} bytes.`);
  }
}

/**
 * Splits bytes into lines of text while they come. Bytes are cut at newlines only, never inside a character,
 * so a chunk may end anywhere; the parts of a long line are joined once. Throws {@link LineTooLongError}.
 */
export interface LineSplitter {
  /** The lines that this chunk completes, without their newline; empty ones are left out. */
  push(chunk: Uint8Array): string[];
  /** How many bytes wait for their newline. At the end of a stream they are a truncated line. */
  readonly pending: number;
}

export function createLineSplitter(limit = LONGEST_LINE_BYTES): LineSplitter {
  let parts: Uint8Array[] = [];
  let pending = 0;

  function keep(part: Uint8Array): void {
    pending += part.length;
    if (pending > limit) throw new LineTooLongError(limit);
    parts.push(part);
  }

  function takeLine(): string {
    const only = parts.length === 1 ? parts[0] : undefined;
    const line = decode(only ?? Buffer.concat(parts, pending));
    parts = [];
    pending = 0;
    return line;
  }

  return {
    push(chunk) {
      const lines: string[] = [];
      let start = 0;
      for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
        keep(chunk.subarray(start, end));
        start = end + 1;
        const line = takeLine();
        if (line.trim() !== '') lines.push(line);
      }
      if (start < chunk.length) keep(chunk.subarray(start));
      return lines;
    },
    get pending() {
      return pending;
    },
  };
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
