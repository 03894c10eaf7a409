import table from './messages.json' with { type: 'json' };

/** A field of one of Kubernetes' Go types, by which its bytes become JSON and its JSON is read. */
export interface MessageField {
  /** The JSON key; undefined for a type whose fields belong to the one around it. */
  readonly name: string | undefined;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  /**
   * Of a value that is no pointer in Go: `left-out` of JSON while it is zero (`omitempty`), or
   * `written` even then. A pointer, a list or a map can be absent, and is `null` then or, undefined
   * here, left out.
   */
  readonly zero: 'left-out' | 'written' | 'null' | undefined;
  /** What Go calls the type where that is another name, as `v1.RestartPolicy`. */
  readonly goType: string | undefined;
}

const lines: Readonly<Record<string, string>> = table;
const parsed = new Map<string, ReadonlyMap<number, MessageField>>();

/**
 * The fields of a message by their numbers; undefined for one that is not known. `messages.json`
 * says of each Go type of `k8s.io/api` that a client may send which number has which key and type.
 * `scripts/record-messages.ts` writes it.
 */
export function messageFields(message: string): ReadonlyMap<number, MessageField> | undefined {
  const known = parsed.get(message);
  if (known !== undefined) return known;
  const line = lines[message];
  if (line === undefined) return undefined;
  const fields = new Map(line.split(' ').map((text) => parseField(text)));
  parsed.set(message, fields);
  return fields;
}

const ZEROS: ReadonlyMap<string, 'left-out' | 'written' | 'null'> = new Map([
  ['?', 'left-out'],
  ['!', 'written'],
  ['*', 'null'],
]);

/**
 * `7=generation:int64?`, `11=labels:string{}`, `14=finalizers:string[]`, `1=name:string!`,
 * `3=restartPolicy:string?@v1.RestartPolicy`, `2=<:core.v1.VolumeSource`
 */
function parseField(text: string): readonly [number, MessageField] {
  const [, number = '', name = '', type = '', flags = '', goType] =
    /^(\d+)=([^:]+):([\w.]+)([^@]*)(?:@(.*))?$/.exec(text) ?? [];
  return [
    Number(number),
    {
      name: name === '<' ? undefined : name,
      type,
      repeated: flags.includes('[]'),
      map: flags.includes('{}'),
      zero: ZEROS.get(flags.slice(-1)),
      goType,
    },
  ];
}
