import { messageFields, type MessageField } from '../../protobuf/message-table.ts';

/** A field of a Go struct as JSON meets it. */
export interface StructField extends MessageField {
  readonly key: string;
  /** Where an error of Go says that it lies in its struct: `httpGet`, `ProbeHandler.httpGet`. */
  readonly goPath: string;
}

const known = new Map<string, ReadonlyMap<string, StructField> | undefined>();

/** The fields of a struct by their JSON keys, those of structs embedded in it too. */
export function structFields(message: string): ReadonlyMap<string, StructField> | undefined {
  if (known.has(message)) return known.get(message);
  const fields = messageFields(message);
  const found = fields === undefined ? undefined : byKey(fields);
  known.set(message, found);
  return found;
}

function byKey(fields: ReadonlyMap<number, MessageField>): ReadonlyMap<string, StructField> {
  const found = new Map<string, StructField>();
  for (const field of fields.values()) {
    if (field.name !== undefined) {
      found.set(field.name, { ...field, key: field.name, goPath: field.name });
      continue;
    }
    const prefix = structName(field.type);
    for (const [key, inner] of structFields(field.type) ?? []) {
      found.set(key, { ...inner, goPath: `${prefix}.${inner.goPath}` });
    }
  }
  return found;
}

/** `core.v1.PodSpec` → `PodSpec`. */
export function structName(message: string): string {
  return message.slice(message.lastIndexOf('.') + 1);
}
