import type { Json } from '../json.ts';

/**
 * The paths of keys that come again in an object of `text`, as `spec.ports[0].name`, in the order in
 * which they come (sigs.k8s.io/json UnmarshalStrict). `value` is what the text was parsed to; text
 * that is written as compactly as can be, and most is, costs no second look.
 */
export function duplicateKeys(text: string, value: Json): string[] {
  if (JSON.stringify(value).length === text.trimEnd().length) return [];
  const found: string[] = [];
  scanValue({ text, found, index: 0 }, '');
  return [...new Set(found)];
}

interface Scan {
  readonly text: string;
  readonly found: string[];
  index: number;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const OTHER = /[^,\]}\s]*/y;

/** Moves past what the pattern finds here; the text was parsed before, so that it is good. */
function take(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.index;
  const taken = pattern.exec(scan.text)?.[0] ?? '';
  scan.index += taken.length;
  return taken;
}

/** The next character that is no space. */
function peek(scan: Scan): string {
  take(scan, SPACE);
  return scan.text[scan.index] ?? '';
}

function scanValue(scan: Scan, path: string): void {
  switch (peek(scan)) {
    case '{':
      scanMap(scan, path);
      return;
    case '[':
      scanList(scan, path);
      return;
    case '"':
      take(scan, STRING);
      return;
    default:
      take(scan, OTHER);
  }
}

function scanMap(scan: Scan, path: string): void {
  const seen = new Set<string>();
  scan.index += 1;
  while (peek(scan) === '"') {
    const key = JSON.parse(take(scan, STRING)) as string;
    const at = path === '' ? key : `${path}.${key}`;
    if (seen.has(key)) scan.found.push(at);
    seen.add(key);
    peek(scan);
    scan.index += 1;
    scanValue(scan, at);
    if (peek(scan) === ',') scan.index += 1;
  }
  scan.index += 1;
}

function scanList(scan: Scan, path: string): void {
  scan.index += 1;
  for (let item = 0; scan.index < scan.text.length && peek(scan) !== ']'; item += 1) {
    scanValue(scan, `${path}[${item}]`);
    if (peek(scan) === ',') scan.index += 1;
  }
  scan.index += 1;
}
