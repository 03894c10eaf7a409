import { readFileSync } from 'node:fs';

/** One Go package of API types, as far as a client's bodies are made of them. */
interface GoPackage {
  /** As messages are called in the table: `core.v1`. */
  readonly name: string;
  readonly structs: ReadonlyMap<string, string>;
  /** What other named types are made of: `ResourceName` → `string`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** `import` names and the packages that they stand for. */
const IMPORTS: ReadonlyMap<string, string> = new Map([
  ['metav1', 'meta.v1'],
  ['v1', 'core.v1'],
  ['corev1', 'core.v1'],
  ['api', 'core.v1'],
]);

/** Types with a form of their own in JSON. */
const FORMS: ReadonlyMap<string, string> = new Map([
  ['metav1.Time', 'Time'],
  ['metav1.MicroTime', 'MicroTime'],
  ['metav1.FieldsV1', 'FieldsV1'],
  ['resource.Quantity', 'Quantity'],
  ['intstr.IntOrString', 'IntOrString'],
  ['runtime.RawExtension', 'RawExtension'],
  ['types.UID', 'string@types.UID'],
  ['types.NodeName', 'string@types.NodeName'],
]);
const BASIC = new Set(['string', 'bool', 'int32', 'int64', 'float64', 'byte']);

export function readPackage(name: string, files: readonly string[]): GoPackage {
  const structs = new Map<string, string>();
  const aliases = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
    for (const [, type = '', body = ''] of text.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) {
      structs.set(type, body);
    }
    for (const [, type = '', of = ''] of text.matchAll(/^type (\w+) ([\w.[\]]+)$/gm)) {
      aliases.set(type, of);
    }
  }
  return { name, structs, aliases };
}

/**
 * The fields of each struct that has protobuf fields, as a line of `messages.json`: see
 * `message-table.ts` for what it means.
 */
export function messageLines(packages: readonly GoPackage[]): Map<string, string> {
  const lines = new Map<string, string>();
  for (const found of packages) {
    for (const [type, body] of found.structs) {
      const fields = body
        .split('\n')
        .map((line) => fieldOf(line, found, packages))
        .filter((field) => field !== undefined);
      if (fields.length > 0) lines.set(`${found.name}.${type}`, fields.join(' '));
    }
    for (const [type, of] of found.aliases) {
      if (of === '[]string') lines.set(`${found.name}.${type}`, '1=items:string[]');
    }
  }
  return lines;
}

const FIELD =
  /^\s*(?:(\w+)\s+)?(\*?[\w.[\]*]+)\s+`json:"([^",]*)((?:,\w+)*)".*?protobuf:"\w+,(\d+),/;

function fieldOf(line: string, own: GoPackage, packages: readonly GoPackage[]): string | undefined {
  const [, , goType, key, options = '', number] = FIELD.exec(line) ?? [];
  if (goType === undefined || key === undefined || number === undefined) return undefined;
  const name = options.includes(',inline') || key === '' ? '<' : key;
  const kept = !options.includes('omitempty');
  const { type, flags, pointer, struct } = describe(goType, own, packages);
  const mark = options.includes('omitzero') ? '' : markOf(kept, pointer, struct && flags === '');
  const [base = '', named] = type.split('@');
  return `${number}=${name}:${base}${flags}${name === '<' ? '' : mark}${named === undefined ? '' : `@${named}`}`;
}

/** How an absent value is written: see `MessageField.zero`. */
function markOf(kept: boolean, pointer: boolean, struct: boolean): string {
  if (pointer) return kept ? '*' : '';
  return kept || struct ? '!' : '?';
}

interface Described {
  readonly type: string;
  readonly flags: '' | '[]' | '{}';
  /** Whether there is such a thing as its absence. */
  readonly pointer: boolean;
  readonly struct: boolean;
}

function describe(goType: string, own: GoPackage, packages: readonly GoPackage[]): Described {
  if (goType === '[]byte') return { type: 'bytes', flags: '', pointer: true, struct: false };
  const list = /^\[\](.*)$/.exec(goType)?.[1];
  if (list !== undefined) return { ...describe(list, own, packages), flags: '[]', pointer: true };
  const map = /^map\[\w+\](.*)$/.exec(goType)?.[1];
  if (map !== undefined) return { ...describe(map, own, packages), flags: '{}', pointer: true };
  if (goType.startsWith('*')) {
    return { ...describe(goType.slice(1), own, packages), pointer: true };
  }
  const alone = { flags: '', pointer: false } as const;
  if (BASIC.has(goType)) return { type: goType, struct: false, ...alone };
  const form = FORMS.get(goType) ?? (own.name === 'meta.v1' ? FORMS.get(`metav1.${goType}`) : '');
  if (form !== undefined && form !== '') {
    return { type: form, struct: !form.startsWith('string'), ...alone };
  }
  const [before = '', name = goType] = goType.includes('.') ? goType.split('.') : ['', goType];
  const home = packages.find((item) => item.name === (IMPORTS.get(before) ?? own.name)) ?? own;
  return describeNamed(name, home, packages);
}

function describeNamed(name: string, home: GoPackage, packages: readonly GoPackage[]): Described {
  const of = home.aliases.get(name);
  if (of === undefined || of === '[]string') {
    return { type: `${home.name}.${name}`, flags: '', pointer: of !== undefined, struct: true };
  }
  const made = describe(resourceList(of), home, packages);
  return BASIC.has(made.type) ? { ...made, type: `${made.type}@v1.${name}` } : made;
}

function resourceList(goType: string): string {
  return goType.startsWith('map[') ? goType.replace(/^map\[\w+\]/, 'map[string]') : goType;
}
