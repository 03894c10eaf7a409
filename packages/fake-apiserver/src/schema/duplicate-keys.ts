import { isMap, type Json } from '../json.ts';

/**
 * The paths of keys that come again in an object of `text`, as `spec.ports[0].name`, in the order in
 * which they come (sigs.k8s.io/json UnmarshalStrict). `value` is what the text was parsed to; text
 * that has as many keys as it, and most has, costs no second look.
 */
export function duplicateKeys(text: string, value: Json): string[] {
  if (keysWritten(text) === keysIn(value)) return [];
  const found: string[] = [];
  scanValue({ text, found, index: 0 }, '');
  return [...new Set(found)];
}

const KEY_END = /"\s*:/g;

/** How many keys a text has at most: what is written in its strings may look like more. */
function keysWritten(text: string): number {
  let count = 0;
  KEY_END.lastIndex = 0;
  while (KEY_END.test(text)) count += 1;
  return count;
}

function keysIn(value: Json | undefined): number {
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += keysIn(item);
  else if (isMap(value)) for (const key in value) count += 1 + keysIn(value[key]);
  return count;
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
