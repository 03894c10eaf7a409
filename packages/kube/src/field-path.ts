/** One step from an object or a list into it. */
export type PathSegment =
  | { readonly kind: 'field'; readonly name: string }
  /** A list item by the values of its keys, which are unique in the list. */
  | { readonly kind: 'item'; readonly keys: readonly ItemKey[] }
  | { readonly kind: 'index'; readonly index: number }
  /** Stands last: the order of the list's items. */
  | { readonly kind: 'order' };

/** A key of a list item and its value as text, numbers by their digits. */
export type ItemKey = readonly [key: string, value: string];

const plainName = /^[A-Za-z_$][\w$-]*$/;
const plainValue = /^[\w./:@+-]+$/;

/**
 * Writes a path as kubectl and the API server write it in messages:
 * `spec.template.spec.containers[name=web].ports[0]`, `metadata.labels['app.kubernetes.io/name']`.
 * {@link parseFieldPath} reads it back.
 */
export function formatFieldPath(segments: readonly PathSegment[]): string {
  return segments.reduce(appendSegment, '');
}

/** The path with one more step. */
export function appendSegment(path: string, segment: PathSegment): string {
  return path + (path === '' ? formatSegment(segment).replace(/^\./, '') : formatSegment(segment));
}

/** The path of a list in every object: each item is written `[]`. */
export function formatListPath(segments: readonly PathSegment[]): string {
  return segments
    .map((segment) => (segment.kind === 'field' ? formatSegment(segment) : '[]'))
    .join('')
    .replace(/^\./, '');
}

function formatSegment(segment: PathSegment): string {
  switch (segment.kind) {
    case 'field':
      return plainName.test(segment.name) ? `.${segment.name}` : `[${quoted(segment.name)}]`;
    case 'item':
      return `[${formatItemKeys(segment.keys)}]`;
    case 'index':
      return `[${segment.index}]`;
    case 'order':
      return '[*]';
  }
}

/** `name=web`, `containerPort=80,protocol=TCP`: what stands between a keyed item's brackets. */
export function formatItemKeys(keys: readonly ItemKey[]): string {
  return keys
    .map(([key, value]) => {
      const name = plainName.test(key) ? key : quoted(key);
      return `${name}=${plainValue.test(value) ? value : quoted(value)}`;
    })
    .join(',');
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

function unquoted(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll(/\\([^])/g, '$1') : text;
}

const quotedText = String.raw`'(?:\\[^]|[^'\\])*'`;
const itemKey = String.raw`(?:${quotedText}|[A-Za-z_$][\w$-]*)=(?:${quotedText}|[\w./:@+-]+)`;
const segmentPattern = new RegExp(
  [
    String.raw`\.?(?<name>[A-Za-z_$][\w$-]*)`,
    String.raw`\[(?<quoted>${quotedText})\]`,
    String.raw`\[(?<index>\d+)\]`,
    String.raw`\[(?<keys>${itemKey}(?:,${itemKey})*)\]`,
    String.raw`(?<order>\[\*\])$`,
  ].join('|'),
  'y',
);
const itemKeyPattern = new RegExp(`(${quotedText}|[^=]+)=(${quotedText}|[^,]+)(?:,|$)`, 'g');

/** Reads a path that {@link formatFieldPath} wrote; undefined where the text is none. */
export function parseFieldPath(text: string): readonly PathSegment[] | undefined {
  const segments: PathSegment[] = [];
  segmentPattern.lastIndex = 0;
  while (segmentPattern.lastIndex < text.length) {
    const groups = segmentPattern.exec(text)?.groups;
    if (groups === undefined) {
      segmentPattern.lastIndex = 0;
      return undefined;
    }
    segments.push(readSegment(groups));
  }
  return segments;
}

function readSegment(groups: Record<string, string | undefined>): PathSegment {
  const { name, quoted, index, keys } = groups;
  if (index !== undefined) {
    return { kind: 'index', index: Number(index) };
  }
  if (keys !== undefined) {
    return {
      kind: 'item',
      keys: Array.from(keys.matchAll(itemKeyPattern), ([, key = '', value = '']) => {
        return [unquoted(key), unquoted(value)];
      }),
    };
  }
  const field = name ?? (quoted === undefined ? undefined : unquoted(quoted));
  return field === undefined ? { kind: 'order' } : { kind: 'field', name: field };
}
