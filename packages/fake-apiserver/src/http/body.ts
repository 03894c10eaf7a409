import { load, YAMLException, JSON_SCHEMA } from 'js-yaml';
import { isMap, parseJson, type Json, type JsonMap } from '../json.ts';
import { decodeProtobuf } from '../protobuf/decode.ts';
import { badRequest, unsupportedMediaType } from '../status.ts';
import { syntaxErrorOf } from './go-syntax.ts';

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

const SHOWN_LENGTH = 30;

/** runtime.describe of a body: JSON as it is, anything else in hexadecimal. */
export function showBody(text: string): string {
  if (text === '') return '<empty>';
  const shown = text.startsWith('{') ? text : Buffer.from(text).toString('hex');
  return shown.length > SHOWN_LENGTH ? `${shown.slice(0, SHOWN_LENGTH)} ...` : shown;
}

/**
 * A request body as JSON: JSON by default, YAML by its media type. Throws 415 for another type, 400
 * for protobuf that cannot be read, and an `UnreadableBody` for what is no JSON.
 */
export function decodeBody(body: Buffer, contentType: string | undefined): Json {
  const type = mediaType(contentType);
  if (type === PROTOBUF) return decodeTyped(body);
  if (type === 'application/yaml') return decodeYaml(body.toString());
  if (type !== '' && type !== 'application/json') throw unsupportedMediaType(ACCEPTED);
  return decodeJson(body.toString());
}

function decodeTyped(body: Buffer): JsonMap {
  try {
    return decodeProtobuf(body);
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}

function decodeJson(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    const why = `couldn't get version/kind; json parse error: ${syntaxErrorOf(text)}`;
    throw new UnreadableBody(why, text);
  }
}

/** `prefix` comes before what is said of a text that is no YAML. Throws 400. */
export function decodeYaml(text: string, prefix = ''): Json {
  try {
    // Through JSON, so that what YAML can say and JSON cannot is gone.
    return parseJson(JSON.stringify(load(text, { schema: JSON_SCHEMA }) ?? null));
  } catch (error) {
    const why = error instanceof YAMLException ? error.reason : String(error);
    throw badRequest(`${prefix}error converting YAML to JSON: yaml: ${why}`);
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
