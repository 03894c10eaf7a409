import { load, YAMLException, JSON_SCHEMA } from 'js-yaml';
import { isMap, parseJson, type Json, type JsonMap } from '../json.ts';
import { decodeProtobuf } from '../protobuf/decode.ts';
import { badRequest, unsupportedMediaType } from '../status.ts';

/** What typed Go clients send; answers are JSON all the same, which they accept. */
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const ACCEPTED = ['application/json', 'application/yaml'];

/** The media type alone, in lower case. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * A request body as JSON: JSON by default, YAML by its media type. Throws 415 for another type and
 * 400 for one that cannot be read.
 */
function decodeBody(body: Buffer, contentType: string | undefined): Json {
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
  } catch (error) {
    throw badRequest(
      `error decoding request body: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export function decodeYaml(text: string): Json {
  try {
    // Through JSON, so that what YAML can say and JSON cannot is gone.
    return parseJson(JSON.stringify(load(text, { schema: JSON_SCHEMA }) ?? null));
  } catch (error) {
    const why = error instanceof YAMLException ? error.reason : String(error);
    throw badRequest(`error converting YAML to JSON: yaml: ${why}`);
  }
}

/** The body as an object; throws 400 for a list, a text or nothing. */
export function decodeObject(body: Buffer, contentType: string | undefined): JsonMap {
  const value = decodeBody(body, contentType);
  if (!isMap(value)) {
    throw badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go value of type struct`,
    );
  }
  return value;
}
