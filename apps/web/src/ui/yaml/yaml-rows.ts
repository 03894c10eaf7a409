import {
  formatFieldPath,
  parseFieldPath,
  yamlLines,
  type JsonObject,
  type JsonValue,
  type PathSegment,
  type YamlLine,
} from '@kindscope/kube';

/** A field that was changed: what the YAML is marked with. */
export interface ChangedField {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export type YamlRow =
  /** A line of the object; `touched` by the change. */
  | {
      readonly kind: 'line';
      readonly number: number;
      readonly line: YamlLine;
      readonly touched: boolean;
    }
  /** A line that the change took away. */
  | { readonly kind: 'removed'; readonly line: YamlLine }
  /** Lines that are folded away. */
  | { readonly kind: 'fold'; readonly indent: number; readonly lines: number };

export interface YamlRowsOptions {
  /** What the last change changed. */
  readonly changed: readonly ChangedField[];
  /** Whether `metadata.managedFields` is shown. */
  readonly managedFields: boolean;
}

const managed = 'metadata.managedFields';

/**
 * An object as the lines of its YAML, what the last change touched marked and what it removed or
 * replaced standing before it. Line numbers are those of the whole YAML, folded lines counted.
 */
export function yamlRows(object: JsonObject, options: YamlRowsOptions): YamlRow[] {
  const lines = yamlLines(object);
  const added = options.changed.filter((field) => 'after' in field).map(({ path }) => path);
  const removed = removedLines(lines, options.changed);
  const rows: YamlRow[] = [];
  let folded = 0;
  const put = (index: number): void => {
    for (const line of removed.get(index) ?? []) rows.push({ kind: 'removed', line });
  };
  lines.forEach((line, index) => {
    put(index);
    if (!options.managedFields && isWithin(line.path, managed)) {
      folded += 1;
      // The first of them is the key: it stands for all.
      const last = rows.at(-1);
      if (folded === 1) rows.push({ kind: 'fold', indent: line.indent, lines: 1 });
      else if (last?.kind === 'fold') rows[rows.length - 1] = { ...last, lines: folded };
      return;
    }
    const touched = added.some((path) => isWithin(line.path, path));
    rows.push({ kind: 'line', number: index + 1, line, touched });
  });
  put(lines.length);
  return rows;
}

/** Whether a path is another one or inside it. */
export function isWithin(path: string, outer: string): boolean {
  if (!path.startsWith(outer)) return false;
  const next = path[outer.length];
  return next === undefined || next === '.' || next === '[';
}

/** What was there before, by the index of the line that it stands before. */
function removedLines(
  lines: readonly YamlLine[],
  changed: readonly ChangedField[],
): ReadonlyMap<number, readonly YamlLine[]> {
  const found = new Map<number, YamlLine[]>();
  for (const field of changed) {
    const segments = 'before' in field ? parseFieldPath(field.path) : undefined;
    const last = segments?.at(-1);
    if (segments === undefined || last === undefined || last.kind === 'order') continue;
    const place = 'after' in field ? replacedPlace(lines, field.path) : gonePlace(lines, segments);
    if (place === undefined) continue;
    const removed = linesOf(last, field.before as JsonValue).map((line) => ({
      ...line,
      indent: line.indent + place.indent,
      path: field.path,
    }));
    found.set(place.index, [...(found.get(place.index) ?? []), ...removed]);
  }
  return found;
}

interface LinePlace {
  readonly index: number;
  readonly indent: number;
}

/** Before the first line of what took its place. */
function replacedPlace(lines: readonly YamlLine[], path: string): LinePlace | undefined {
  const index = lines.findIndex((line) => isWithin(line.path, path));
  const line = lines[index];
  return line === undefined ? undefined : { index, indent: columnOf(line, path) };
}

/** After the last line of what it was in. */
function gonePlace(
  lines: readonly YamlLine[],
  segments: readonly PathSegment[],
): LinePlace | undefined {
  const parent = formatFieldPath(segments.slice(0, -1));
  const start = parent === '' ? 0 : lines.findIndex((line) => isWithin(line.path, parent));
  const first = lines[start];
  if (first === undefined) return undefined;
  let index = start;
  while (index < lines.length && isWithinOrRoot(lines[index], parent)) index += 1;
  const sibling = lines
    .slice(start, index)
    .find((line) => parseFieldPath(line.path)?.length === segments.length);
  const item = segments.at(-1)?.kind !== 'field';
  const indent =
    sibling === undefined
      ? first.indent + (item ? 0 : 2)
      : item
        ? sibling.indent
        : columnOf(sibling, sibling.path);
  return { index, indent };
}

function isWithinOrRoot(line: YamlLine | undefined, parent: string): boolean {
  return line !== undefined && (parent === '' || isWithin(line.path, parent));
}

/** Where a line's key stands: after the dashes of the items that begin on it. */
function columnOf(line: YamlLine, path: string): number {
  // An item's own line begins with its dash; a field's on the same line stands after it.
  if (path.endsWith(']') && parseFieldPath(path)?.at(-1)?.kind !== 'field') return line.indent;
  let column = line.indent;
  for (const token of line.tokens) {
    if (token.text !== '- ') break;
    column += 2;
  }
  return column;
}

/** A value alone, with its key or its dash. */
function linesOf(segment: PathSegment, value: JsonValue): readonly YamlLine[] {
  return segment.kind === 'field' ? yamlLines({ [segment.name]: value }) : yamlLines([value]);
}
