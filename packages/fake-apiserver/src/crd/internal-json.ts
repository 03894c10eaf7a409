import { isMap, type Json, type JsonMap } from '../json.ts';
import { goJson } from '../schema/go-text.ts';

/**
 * How Kubernetes writes parts of a CRD into its errors: as JSON of the internal Go types, whose
 * fields have no names of their own in JSON, and are all written.
 */

type Write = (value: Json | undefined) => string;

const json: Write = (value) => goJson(value);
const text: Write = (value) => goJson(value ?? '');
const flag: Write = (value) => goJson(value ?? false);
const number: Write = (value) => goJson(value ?? 0);

/** `[Go's name, JSON's name, how it is written]`, in Go's order. */
type Fields = readonly (readonly [string, string, Write])[];

function struct(fields: () => Fields): Write {
  return (value) => {
    if (!isMap(value)) return 'null';
    const parts = fields().map(([name, key, write]) => `"${name}":${write(value[key])}`);
    return `{${parts.join(',')}}`;
  };
}

function list(write: Write): Write {
  return (value) =>
    Array.isArray(value) ? `[${value.map((item) => write(item)).join(',')}]` : 'null';
}

function map(write: Write): Write {
  return (value) => {
    if (!isMap(value)) return 'null';
    const parts = Object.keys(value)
      .sort()
      .map((key) => `${goJson(key)}:${write(value[key])}`);
    return `{${parts.join(',')}}`;
  };
}

const schemaOrBool: Write = (value) => {
  if (value === undefined || value === null) return 'null';
  const allows = isMap(value) || value === true;
  return `{"Allows":${allows},"Schema":${schema(isMap(value) ? value : null)}}`;
};

const schemaOrList: Write = (value) => {
  if (value === undefined || value === null) return 'null';
  const schemas = Array.isArray(value) ? list(schema)(value) : 'null';
  return `{"Schema":${schema(isMap(value) ? value : null)},"JSONSchemas":${schemas}}`;
};

const schemaOrStrings: Write = (value) => {
  const strings = Array.isArray(value) ? json(value) : 'null';
  return `{"Schema":${schema(isMap(value) ? value : null)},"Property":${strings}}`;
};

const rule = struct(() => [
  ['Rule', 'rule', text],
  ['Message', 'message', text],
  ['MessageExpression', 'messageExpression', text],
  ['Reason', 'reason', json],
  ['FieldPath', 'fieldPath', text],
  ['OptionalOldSelf', 'optionalOldSelf', json],
]);

const externalDocs = struct(() => [
  ['Description', 'description', text],
  ['URL', 'url', text],
]);

/** The fields of JSONSchemaProps in the order of the internal type. */
export const SCHEMA_FIELDS: Fields = [
  ['ID', 'id', text],
  ['Schema', '$schema', text],
  ['Ref', '$ref', json],
  ['Description', 'description', text],
  ['Type', 'type', text],
  ['Nullable', 'nullable', flag],
  ['Format', 'format', text],
  ['Title', 'title', text],
  ['Default', 'default', json],
  ['Maximum', 'maximum', json],
  ['ExclusiveMaximum', 'exclusiveMaximum', flag],
  ['Minimum', 'minimum', json],
  ['ExclusiveMinimum', 'exclusiveMinimum', flag],
  ['MaxLength', 'maxLength', json],
  ['MinLength', 'minLength', json],
  ['Pattern', 'pattern', text],
  ['MaxItems', 'maxItems', json],
  ['MinItems', 'minItems', json],
  ['UniqueItems', 'uniqueItems', flag],
  ['MultipleOf', 'multipleOf', json],
  ['Enum', 'enum', json],
  ['MaxProperties', 'maxProperties', json],
  ['MinProperties', 'minProperties', json],
  ['Required', 'required', json],
  ['Items', 'items', schemaOrList],
  ['AllOf', 'allOf', list((value) => schema(value))],
  ['OneOf', 'oneOf', list((value) => schema(value))],
  ['AnyOf', 'anyOf', list((value) => schema(value))],
  ['Not', 'not', (value) => schema(value)],
  ['Properties', 'properties', map((value) => schema(value))],
  ['AdditionalProperties', 'additionalProperties', schemaOrBool],
  ['PatternProperties', 'patternProperties', map((value) => schema(value))],
  ['Dependencies', 'dependencies', map(schemaOrStrings)],
  ['AdditionalItems', 'additionalItems', schemaOrBool],
  ['Definitions', 'definitions', map((value) => schema(value))],
  ['ExternalDocs', 'externalDocs', externalDocs],
  ['Example', 'example', json],
  ['XPreserveUnknownFields', 'x-kubernetes-preserve-unknown-fields', json],
  ['XEmbeddedResource', 'x-kubernetes-embedded-resource', flag],
  ['XIntOrString', 'x-kubernetes-int-or-string', flag],
  ['XListMapKeys', 'x-kubernetes-list-map-keys', json],
  ['XListType', 'x-kubernetes-list-type', json],
  ['XMapType', 'x-kubernetes-map-type', json],
  ['XValidations', 'x-kubernetes-validations', list(rule)],
];

const schema: Write = struct(() => SCHEMA_FIELDS);

const validation = struct(() => [['OpenAPIV3Schema', 'openAPIV3Schema', schema]]);

const scale = struct(() => [
  ['SpecReplicasPath', 'specReplicasPath', text],
  ['StatusReplicasPath', 'statusReplicasPath', text],
  ['LabelSelectorPath', 'labelSelectorPath', json],
]);

const subresources = struct(() => [
  ['Status', 'status', struct(() => [])],
  ['Scale', 'scale', scale],
]);

const column = struct(() => [
  ['Name', 'name', text],
  ['Type', 'type', text],
  ['Format', 'format', text],
  ['Description', 'description', text],
  ['Priority', 'priority', number],
  ['JSONPath', 'jsonPath', text],
]);

const selectable = struct(() => [['JSONPath', 'jsonPath', text]]);

const version = struct(() => [
  ['Name', 'name', text],
  ['Served', 'served', flag],
  ['Storage', 'storage', flag],
  ['Deprecated', 'deprecated', flag],
  ['DeprecationWarning', 'deprecationWarning', json],
  ['Schema', 'schema', validation],
  ['Subresources', 'subresources', subresources],
  ['AdditionalPrinterColumns', 'additionalPrinterColumns', list(column)],
  ['SelectableFields', 'selectableFields', list(selectable)],
]);

export function internalVersions(versions: readonly JsonMap[] | undefined): string {
  return list(version)(versions === undefined ? null : [...versions]);
}

export function internalSchema(value: JsonMap): string {
  return schema(value);
}

export function internalItems(value: Json | undefined): string {
  return schemaOrList(value);
}

export function internalRule(value: JsonMap): string {
  return rule(value);
}
