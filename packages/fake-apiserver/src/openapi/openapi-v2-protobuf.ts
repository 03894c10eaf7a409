import { isMap, listAt, mapAt, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import { bytesField, numberField } from '../protobuf/wire-writer.ts';

/** What client-go asks for, and nothing else will do for it. */
const ASKED = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
/** What it is answered with: an `@` is nothing that a media type may hold. */
export const OPENAPI_V2_PROTOBUF = ASKED.replace('@', '.');

export function asksForProtobuf(types: readonly string[]): boolean {
  return types.includes(ASKED) || types.includes(OPENAPI_V2_PROTOBUF);
}

/**
 * The document as gnostic's `openapi.v2.Document` (google/gnostic-models OpenAPIv2.proto): the
 * parts of a schema that clients look at, and its `x-kubernetes-` extensions.
 */
export function encodeOpenApiV2(document: JsonMap): Buffer {
  const info = mapAt(document, 'info');
  return Buffer.concat([
    bytesField(1, stringAt(document, 'swagger') ?? ''),
    bytesField(
      2,
      bytesField(1, stringAt(info, 'title') ?? ''),
      bytesField(2, stringAt(info, 'version') ?? ''),
    ),
    bytesField(8),
    bytesField(9, ...namedSchemas(mapAt(document, 'definitions') ?? {})),
  ]);
}

function namedSchemas(schemas: JsonMap): Buffer[] {
  return Object.entries(schemas).flatMap(([name, schema]) =>
    isMap(schema)
      ? [bytesField(1, bytesField(1, name), bytesField(2, ...schemaFields(schema)))]
      : [],
  );
}

function schemaFields(schema: JsonMap): Buffer[] {
  const text = (number: number, key: string): Buffer[] => {
    const value = stringAt(schema, key);
    return value === undefined ? [] : [bytesField(number, value)];
  };
  const items = mapAt(schema, 'items');
  const properties = mapAt(schema, 'properties');
  const type = stringAt(schema, 'type');
  return [
    ...text(1, '$ref'),
    ...text(2, 'format'),
    ...text(4, 'description'),
    ...stringsAt(schema, 'required').map((name) => bytesField(19, name)),
    ...additionalProperties(schema['additionalProperties']),
    ...(type === undefined ? [] : [bytesField(22, bytesField(1, type))]),
    ...(items === undefined ? [] : [bytesField(23, bytesField(1, ...schemaFields(items)))]),
    ...listAt(schema, 'allOf')
      .filter((item) => isMap(item))
      .map((item) => bytesField(24, ...schemaFields(item))),
    ...(properties === undefined ? [] : [bytesField(25, ...namedSchemas(properties))]),
    ...extensions(schema),
  ];
}

function additionalProperties(value: Json | undefined): Buffer[] {
  if (isMap(value)) return [bytesField(21, bytesField(1, ...schemaFields(value)))];
  return value === true ? [bytesField(21, numberField(2, 1))] : [];
}

/** Extensions travel as YAML; JSON is YAML. */
function extensions(schema: JsonMap): Buffer[] {
  return Object.entries(schema)
    .filter(([key]) => key.startsWith('x-'))
    .map(([key, value]) =>
      bytesField(31, bytesField(1, key), bytesField(2, bytesField(2, JSON.stringify(value)))),
    );
}
