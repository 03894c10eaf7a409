import table from './messages.json' with { type: 'json' };

/** A field of a Kubernetes message, by which its bytes become JSON. */
export interface MessageField {
  /** The JSON key; undefined for a message whose fields belong to the one around it. */
  readonly name: string | undefined;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  /** A zero value is left out of JSON (`omitempty` on a field that is no pointer). */
  readonly omitZero: boolean;
}

const lines: Readonly<Record<string, string>> = table;
const parsed = new Map<string, ReadonlyMap<number, MessageField>>();

/**
 * The fields of a message by their numbers; undefined for one that is not known. `messages.json`
 * says of each message of `k8s.io/api` that a client may send which number has which key and type:
 * facts of `generated.proto` and of the `json` tags beside it.
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

/** `7=generation:int64?`, `11=labels:string{}`, `14=finalizers:string[]`, `2=<:core.v1.VolumeSource` */
function parseField(text: string): readonly [number, MessageField] {
  const [, number = '', name = '', type = '', flags = ''] =
    /^(\d+)=([^:]+):([\w.]+)(.*)$/.exec(text) ?? [];
  return [
    Number(number),
    {
      name: name === '<' ? undefined : name,
      type,
      repeated: flags.includes('[]'),
      map: flags.includes('{}'),
      omitZero: flags.includes('?'),
    },
  ];
}
