const longest = 80;

/**
 * A reason of the API in words: `ProgressDeadlineExceeded` is `Progress deadline exceeded`.
 * Text that is more than one identifier stays as it is, shortened.
 */
export function inWords(reason: string): string {
  if (reason.length > longest || !/^[A-Za-z][A-Za-z0-9]*$/.test(reason)) {
    return clipped(reason);
  }
  const [first = '', ...others] = reason.split(wordStart);
  const words = others.map((word) => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...words].join(' ');
}

/** After a small letter or a digit, and after an abbreviation: `DNS|Not|Ready`, `IPv4|Exhausted`. */
const wordStart = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/;

/** Text on one line, cut off where it is longer than a bar could show. */
export function clipped(text: string): string {
  const line = text
    .slice(0, 4 * longest)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
