const longest = 80;

/**
 * A reason of the API in words: `ProgressDeadlineExceeded` is `Progress deadline exceeded`.
 * Text that is more than one identifier stays as it is, shortened.
 */
export function inWords(reason: string): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(reason)) {
    return clipped(reason);
  }
  const parts = reason.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+/g) ?? [];
  const words = parts.map((part, at) =>
    at === 0 || /^[A-Z]{2}/.test(part) ? part : part.toLowerCase(),
  );
  return clipped(capitalised(words.join(' ')));
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
