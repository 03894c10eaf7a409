import { readFileSync } from 'node:fs';
import { isMap, listAt, stringAt, type JsonMap } from '../json.ts';

const FILE = new URL('./definitions.jsonl', import.meta.url);

interface Definitions {
  readonly bytes: Buffer;
  /** Where the line of each definition starts and ends. */
  readonly lines: ReadonlyMap<string, readonly [start: number, end: number]>;
  readonly parsed: Map<string, JsonMap>;
}

let loaded: Definitions | undefined;

/**
 * One schema of Kubernetes' own kinds by its name, as `io.k8s.api.core.v1.Pod`, with `$ref`s as in an
 * OpenAPI v3 document; undefined for one that is not known. Shared: not to be changed.
 *
 * The file (`scripts/record-openapi.ts` writes it) is read when the first definition is asked for,
 * and each of its lines is parsed when it is asked for: a server starts without any of it.
 */
export function definition(name: string): JsonMap | undefined {
  loaded ??= load();
  const known = loaded.parsed.get(name);
  if (known !== undefined) return known;
  const line = loaded.lines.get(name);
  if (line === undefined) return undefined;
  const { schema } = JSON.parse(loaded.bytes.toString('utf8', ...line)) as { schema: JsonMap };
  loaded.parsed.set(name, schema);
  return schema;
}

const NEWLINE = 0x0a;
const NAME = Buffer.from('{"name":"');
const QUOTE = 0x22;

function load(): Definitions {
  const bytes = readFileSync(FILE);
  const lines = new Map<string, readonly [number, number]>();
  // The first line says where the others come from.
  let start = bytes.indexOf(NEWLINE) + 1;
  while (start > 0 && start < bytes.length) {
    const end = bytes.indexOf(NEWLINE, start);
    const from = start + NAME.length;
    lines.set(bytes.toString('utf8', from, bytes.indexOf(QUOTE, from)), [start, end]);
    start = end + 1;
  }
  return { bytes, lines, parsed: new Map() };
}

/** Where a definition says that others are. */
export const REFS = '#/components/schemas/';

/** The type that a schema stands for: its `$ref`, or the only one of its `allOf`. */
export function referenced(schema: JsonMap): string | undefined {
  const [only] = listAt(schema, 'allOf');
  const ref = stringAt(schema, '$ref') ?? (isMap(only) ? stringAt(only, '$ref') : undefined);
  return ref?.slice(REFS.length);
}

const API_PACKAGES: ReadonlyMap<string, string> = new Map([
  ['', 'io.k8s.api.core'],
  ['apiextensions.k8s.io', 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions'],
]);

/** The name of the definition of one of Kubernetes' own kinds: that of its Go package and type. */
export function definitionName(group: string, version: string, kind: string): string {
  const found = API_PACKAGES.get(group) ?? `io.k8s.api.${group.split('.')[0] ?? ''}`;
  return `${found}.${version}.${kind}`;
}
