import { parseJson, type Json, type JsonMap } from '../json.ts';
import { messageFields, type MessageField } from './message-table.ts';
import { readFields, type WireField } from './wire.ts';

const MAGIC = Buffer.from('k8s\0');

/**
 * Decodes `application/vnd.kubernetes.protobuf`, which typed Go clients send for built-in kinds:
 * the magic number and a `runtime.Unknown` around the object. Throws RangeError for what is
 * damaged or of a kind that is not known here.
 */
export function decodeProtobuf(body: Buffer): JsonMap {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new RangeError('provided data does not appear to be a protobuf message');
  }
  let apiVersion = '';
  let kind = '';
  let raw: Buffer = Buffer.alloc(0);
  for (const field of readFields(body.subarray(MAGIC.length))) {
    if (field.kind !== 'bytes') continue;
    if (field.number === 1) [apiVersion, kind] = readTypeMeta(field.value);
    if (field.number === 2) raw = field.value;
  }
  return { apiVersion, kind, ...decodeMessage(messageName(apiVersion, kind), raw) };
}

function readTypeMeta(bytes: Buffer): [string, string] {
  const texts = ['', ''];
  for (const field of readFields(bytes)) {
    if (field.kind === 'bytes') texts[field.number - 1] = field.value.toString();
  }
  return [texts[0] ?? '', texts[1] ?? ''];
}

/** `coordination.k8s.io/v1` Lease → `coordination.v1.Lease`; options belong to no group. */
function messageName(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return 'meta.v1.DeleteOptions';
  const [version = '', group] = apiVersion.split('/').reverse();
  return `${group?.split('.')[0] ?? 'core'}.${version}.${kind}`;
}

function decodeMessage(message: string, bytes: Buffer): JsonMap {
  const known = messageFields(message);
  if (known === undefined) throw new RangeError(`no protobuf message ${message} is known`);
  const result: JsonMap = {};
  for (const wire of readFields(bytes)) {
    const field = known.get(wire.number);
    if (field !== undefined) addField(result, field, wire);
  }
  return result;
}

function addField(result: JsonMap, field: MessageField, wire: WireField): void {
  const { name } = field;
  if (name === undefined) {
    if (wire.kind === 'bytes') Object.assign(result, decodeMessage(field.type, wire.value));
    return;
  }
  if (field.map) {
    const [key, value] = decodeMapEntry(field.type, wire);
    result[name] = { ...(result[name] as JsonMap | undefined), [key]: value };
    return;
  }
  const value = decodeValue(field.type, wire);
  if (field.repeated)
    result[name] = [...((result[name] as Json[] | undefined) ?? []), value ?? null];
  else if (value !== undefined && !(field.zero === 'left-out' && isZero(value)))
    result[name] = value;
}

function isZero(value: Json): boolean {
  return value === '' || value === 0 || value === false;
}

function decodeMapEntry(type: string, wire: WireField): [string, Json] {
  let key = '';
  let value: Json = '';
  if (wire.kind === 'bytes') {
    for (const part of readFields(wire.value)) {
      if (part.number === 1 && part.kind === 'bytes') key = part.value.toString();
      if (part.number === 2) value = decodeValue(type, part) ?? null;
    }
  }
  return [key, value];
}

/** Undefined for a value that JSON leaves out, such as a time that is not set. */
function decodeValue(type: string, wire: WireField): Json | undefined {
  if (wire.kind === 'varint') return decodeVarint(type, wire.value);
  if (wire.kind === 'fixed') return decodeFixed(wire.value);
  switch (type) {
    case 'string':
      return wire.value.toString();
    case 'bytes':
      return wire.value.toString('base64');
    case 'Quantity':
      return firstText(wire.value);
    case 'FieldsV1':
    case 'RawExtension':
      return parseJson(firstText(wire.value) || 'null');
    case 'Time':
    case 'MicroTime':
      return decodeTime(wire.value, type === 'MicroTime');
    case 'IntOrString':
      return decodeIntOrString(wire.value);
    default:
      return decodeMessage(type, wire.value);
  }
}

function decodeVarint(type: string, value: bigint): Json {
  if (type === 'bool') return value !== 0n;
  return parseJson(String(BigInt.asIntN(64, value)));
}

function decodeFixed(bytes: Buffer): number {
  return bytes.length === 8 ? bytes.readDoubleLE() : bytes.readFloatLE();
}

function firstText(bytes: Buffer): string {
  for (const field of readFields(bytes)) {
    if (field.number === 1 && field.kind === 'bytes') return field.value.toString();
  }
  return '';
}

function numbersOf(bytes: Buffer): Map<number, bigint> {
  const numbers = new Map<number, bigint>();
  for (const field of readFields(bytes)) {
    if (field.kind === 'varint') numbers.set(field.number, BigInt.asIntN(64, field.value));
  }
  return numbers;
}

function decodeTime(bytes: Buffer, micro: boolean): string | undefined {
  const numbers = numbersOf(bytes);
  const seconds = numbers.get(1);
  if (seconds === undefined) return undefined;
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const micros = String((numbers.get(2) ?? 0n) / 1000n).padStart(6, '0');
  return micro ? `${text}.${micros}Z` : `${text}Z`;
}

/** Type 0 is the number in field 2, type 1 the text in field 3. */
function decodeIntOrString(bytes: Buffer): Json {
  const numbers = numbersOf(bytes);
  if (numbers.get(1) !== 1n) return Number(numbers.get(2) ?? 0n);
  for (const field of readFields(bytes)) {
    if (field.number === 3 && field.kind === 'bytes') return field.value.toString();
  }
  return '';
}
