import { appendSegment } from './field-path.ts';
import type { PathSegment } from './field-path.ts';
import { isJsonArray, isJsonNumber, isJsonObject } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { naturallyKeyed } from './list-keys.ts';
import { numberText } from './lossless-json.ts';
import { blockText, yamlScalar } from './yaml-scalar.ts';

export type YamlTokenKind = 'key' | 'string' | 'number' | 'boolean' | 'null' | 'punctuation';

export interface YamlToken {
  readonly kind: YamlTokenKind;
  readonly text: string;
}

/** One line of YAML, without its line break. */
export interface YamlLine {
  /** Columns before the first token. */
  readonly indent: number;
  /** The field that the line is of, as `diffObjects` writes paths; several lines may be of one. */
  readonly path: string;
  readonly tokens: readonly YamlToken[];
}

/**
 * Writes a value as lines of YAML with the path of each, so that a view can colour, fold and mark
 * them. Objects have Kubernetes' customary order at the root and in metadata, lists stand at their
 * key's own column as kubectl writes them, digits stand as they came.
 */
export function yamlLines(value: JsonValue): readonly YamlLine[] {
  const lines: YamlLine[] = [];
  writeValue({ lines, path: '', indent: 0, lead: [] }, value);
  return lines;
}

/** The same as one text, with a line break at its end. */
export function toYaml(value: JsonValue): string {
  return yamlLines(value)
    .map(({ indent, tokens }) => {
      const text = tokens.map((token) => token.text).join('');
      return text === '' ? '\n' : `${' '.repeat(indent)}${text}\n`;
    })
    .join('');
}

interface Place {
  readonly lines: YamlLine[];
  readonly path: string;
  /** The column of the first token of the lines to write. */
  readonly indent: number;
  /** What stands before the value on its first line: `- ` or `key:`, several after one another. */
  readonly lead: readonly YamlToken[];
  /** The column at which what `lead` leads to continues, when it is an object or a list. */
  readonly inner?: number;
}

function writeValue(place: Place, value: JsonValue): void {
  if (isJsonArray(value) && value.length > 0) {
    writeList(place, value);
  } else if (isJsonObject(value) && hasFields(value)) {
    writeFields(place, value);
  } else {
    writeScalar(place, value);
  }
}

function hasFields(value: JsonObject): boolean {
  return Object.values(value).some((child) => child !== undefined);
}

/** Whether the first line of an object or a list goes on the line of what leads to it. */
function continuesLine({ lead }: Place): boolean {
  return lead.at(-1)?.text === '- ';
}

function writeFields(place: Place, value: JsonObject): void {
  const open = openBlock(place);
  let lead = open.lead;
  for (const name of orderedKeys(place.path, value)) {
    const child = value[name];
    if (child !== undefined) {
      const key: YamlToken[] = [
        { kind: 'key', text: yamlScalar(name) },
        { kind: 'punctuation', text: ':' },
      ];
      const path = appendSegment(place.path, { kind: 'field', name });
      const first = lead.length > 0;
      const inner = isJsonArray(child) ? open.column : open.column + 2;
      const indent = first ? place.indent : open.column;
      writeValue({ lines: place.lines, path, indent, lead: [...lead, ...key], inner }, child);
      lead = [];
    }
  }
}

function writeList(place: Place, list: readonly JsonValue[]): void {
  const open = openBlock(place);
  let lead = open.lead;
  const dash: YamlToken = { kind: 'punctuation', text: '- ' };
  for (const [index, segment] of itemSegments(list).entries()) {
    const path = appendSegment(place.path, segment);
    const first = lead.length > 0;
    const indent = first ? place.indent : open.column;
    const inner = open.column + 2;
    writeValue(
      { lines: place.lines, path, indent, lead: [...lead, dash], inner },
      list[index] ?? null,
    );
    lead = [];
  }
}

/** Items by the keys that tell them apart, as a diff names them; else by their place. */
function itemSegments(list: readonly JsonValue[]): readonly PathSegment[] {
  const keyed = naturallyKeyed(list);
  return keyed === undefined
    ? list.map((_item, index) => ({ kind: 'index', index }))
    : Array.from(keyed.values(), ({ keys }) => ({ kind: 'item', keys }));
}

/** Ends the line of a key; after a dash the block's first line stays on the dash's line. */
function openBlock(place: Place): { column: number; lead: readonly YamlToken[] } {
  const column = place.inner ?? place.indent;
  if (place.lead.length === 0 || continuesLine(place)) {
    return { column, lead: place.lead };
  }
  writeLine(place, place.lead);
  return { column, lead: [] };
}

function writeLine({ lines, path, indent }: Place, tokens: readonly YamlToken[]): void {
  lines.push({ indent, path, tokens });
}

function writeScalar(place: Place, value: JsonValue): void {
  const space: readonly YamlToken[] =
    place.lead.length === 0 || continuesLine(place) ? [] : [{ kind: 'punctuation', text: ' ' }];
  const block = typeof value === 'string' ? blockText(value) : undefined;
  if (block === undefined) {
    writeLine(place, [...place.lead, ...space, scalarToken(value)]);
    return;
  }
  writeLine(place, [...place.lead, ...space, { kind: 'punctuation', text: block.header }]);
  const indent = place.inner ?? place.indent + 2;
  for (const text of block.lines) {
    writeLine({ ...place, indent }, [{ kind: 'string', text }]);
  }
}

function scalarToken(value: JsonValue): YamlToken {
  if (value === null) {
    return { kind: 'null', text: 'null' };
  }
  if (isJsonNumber(value)) {
    return { kind: 'number', text: numberText(value) };
  }
  if (typeof value === 'object') {
    return { kind: 'punctuation', text: Array.isArray(value) ? '[]' : '{}' };
  }
  return typeof value === 'boolean'
    ? { kind: 'boolean', text: String(value) }
    : { kind: 'string', text: yamlScalar(value) };
}

const rootOrder = ['apiVersion', 'kind', 'metadata', 'type', 'spec', 'data', 'status'];
const metadataOrder = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
];

/** The customary order first, then as they came; `status` and `managedFields` at the end. */
function orderedKeys(path: string, object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  if (path === '' && Object.hasOwn(object, 'apiVersion')) {
    return ordered(keys, rootOrder, 'status');
  }
  return path === 'metadata' ? ordered(keys, metadataOrder, 'managedFields') : keys;
}

function ordered(
  keys: readonly string[],
  customary: readonly string[],
  last: string,
): readonly string[] {
  const rank = (key: string) => {
    const index = customary.indexOf(key);
    return key === last ? customary.length + 1 : index < 0 ? customary.length : index;
  };
  return [...keys].sort((a, b) => rank(a) - rank(b));
}
