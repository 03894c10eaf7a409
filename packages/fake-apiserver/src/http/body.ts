import { isMap, parseJson, type Json, type JsonMap } from '../json.ts';
import { decodeProtobuf } from '../protobuf/decode.ts';
import { badRequest, unsupportedMediaType } from '../status.ts';
import { depthFault, isTooDeep } from './depth.ts';
import { syntaxErrorOf } from './go-syntax.ts';
import { readYaml, YamlError } from './yaml.ts';

/** What typed Go clients send; answers are JSON all the same, which they accept. */
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const ACCEPTED = ['application/json', 'application/yaml', PROTOBUF];

/** The media type alone, in lower case. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** A body that cannot be read; who knows what it was to be says so to the client. */
export class UnreadableBody extends Error {
  /** The body as it came, shortened as Kubernetes shows it. */
  readonly shown: string;

  constructor(why: string, text: string) {
    super(why);
    this.name = 'UnreadableBody';
    this.shown = showBody(text);
  }
}

const SHOWN_BYTES = 30;

/** runtime.describe of a body: JSON as it is, anything else in hexadecimal. */
export function showBody(text: string): string {
  if (text === '') return '<empty>';
  const bytes = Buffer.from(text);
  const shown = bytes.subarray(0, SHOWN_BYTES).toString(text.startsWith('{') ? 'utf8' : 'hex');
  return bytes.length > SHOWN_BYTES ? `${shown} ...` : shown;
}

/**
 * A request body as JSON: JSON by default, YAML by its media type. Throws 415 for another type, 400
 * for protobuf that cannot be read, and an `UnreadableBody` for what is no JSON or no YAML.
 */
export function decodeBody(body: Buffer, contentType: string | undefined): Json {
  const type = mediaType(contentType);
  if (type === PROTOBUF) return decodeTyped(body);
  if (type === 'application/yaml') return decodeYamlBody(body.toString());
  if (type !== '' && type !== 'application/json') throw unsupportedMediaType(ACCEPTED);
  return decodeJson(body.toString());
}

function decodeTyped(body: Buffer): JsonMap {
  try {
    const object = decodeProtobuf(body);
    if (isTooDeep(object)) throw new Error('proto: exceeded max depth');
    return object;
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}

function decodeJson(text: string): Json {
  const refuse = (fault: string): UnreadableBody =>
    new UnreadableBody(`couldn't get version/kind; json parse error: ${fault}`, text);
  return readJson(text, refuse);
}

/** JSON from a client; throws what `refuse` makes of Go's words for what cannot be read. */
export function readJson(text: string, refuse: (fault: string) => Error): Json {
  const fault = depthFault(text);
  if (fault !== undefined) throw refuse(fault);
  try {
    return parseJson(text);
  } catch {
    throw refuse(syntaxErrorOf(text));
  }
}

function decodeYamlBody(text: string): Json {
  try {
    return readYaml(text);
  } catch (error) {
    throw error instanceof YamlError ? new UnreadableBody(`yaml: ${error.message}`, text) : error;
  }
}

/** `prefix` comes before what is said of a text that is no YAML. Throws 400. */
export function decodeYaml(text: string, prefix = ''): Json {
  try {
    return readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw badRequest(`${prefix}error converting YAML to JSON: yaml: ${error.message}`);
  }
}

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** The body as an object of `kind`; throws 400 for a list, a text or nothing. */
export function decodeObject(body: Buffer, contentType: string | undefined, kind: string): JsonMap {
  try {
    return requireObject(decodeBody(body, contentType));
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): ${error.message} (${error.shown})`,
    );
  }
}

export function requireObject(value: Json): JsonMap {
  if (isMap(value)) return value;
  if (value === null) return {};
  const found = Array.isArray(value)
    ? 'array'
    : typeof value === 'object'
      ? 'number'
      : typeof value;
  throw new UnreadableBody(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${found === 'boolean' ? 'bool' : found} into Go value of type ${TYPE_META}`,
    JSON.stringify(value),
  );
}
