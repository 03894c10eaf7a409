const limit = 600;

/**
 * A value of an object on one line, as YAML's flow style writes it, cut after some hundred
 * characters. Numbers keep the digits the server wrote; the empty string is written `""`.
 */
export function valueText(value: unknown): string {
  const parts: string[] = [];
  let length = 0;
  const put = (text: string): boolean => {
    parts.push(text);
    length += text.length;
    return length < limit;
  };
  write(value, put, true);
  const text = parts.join('');
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

function write(value: unknown, put: (text: string) => boolean, top: boolean): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return put(stringText(value, top));
  if (Array.isArray(value)) {
    return put('[') && writeEach(value, put) && put(']');
  }
  if (typeof value === 'object' && value !== null) {
    if ('rawJSON' in value && typeof value.rawJSON === 'string') return put(value.rawJSON);
    return put('{') && writeEntries(Object.entries(value), put) && put('}');
  }
  return put(JSON.stringify(value));
}

function writeEach(items: readonly unknown[], put: (text: string) => boolean): boolean {
  return items.every((item, index) => (index === 0 || put(', ')) && write(item, put, false));
}

function writeEntries(
  entries: readonly (readonly [string, unknown])[],
  put: (text: string) => boolean,
): boolean {
  return entries.every(
    ([key, item], index) =>
      (index === 0 || put(', ')) && put(`${key}: `) && write(item, put, false),
  );
}

function stringText(value: string, top: boolean): string {
  if (value === '') return '""';
  // Inside a flow collection these would read as structure.
  return !top && /[,{}[\]:#\n]/u.test(value) ? JSON.stringify(value) : value;
}

const whole = 40;
const context = 14;
const shown = 60;

/**
 * Before and after as short texts that show where they differ: of a long common beginning or end
 * only some characters stay, and the rest is `…`. Nothing is cut from values that are short.
 */
export function clippedPair(
  before: string,
  after: string,
): { readonly before: string; readonly after: string } {
  if (before.length <= whole && after.length <= whole) return { before, after };
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const start = Math.max(0, head - context);
  const cut = Math.max(0, tail - context);
  return { before: clip(before, start, cut), after: clip(after, start, cut) };
}

/** Without `start` characters in front and `cut` at the end, where that is worth an ellipsis. */
function clip(text: string, start: number, cut: number): string {
  const from = start > 3 ? start : 0;
  const end = Math.min(cut > 3 ? text.length - cut : text.length, from + shown);
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
}
