import { isMap, listAt, mapAt, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import { supportedFormat } from './formats.ts';
import { compileGoPattern } from './go-regexp.ts';

/** A rule in CEL, as `x-kubernetes-validations` declares it. */
export interface Rule {
  readonly rule: string;
  readonly message: string;
  readonly messageExpression: string;
  readonly reason: string;
  readonly fieldPath: string;
  readonly optionalOldSelf: boolean;
}

/** An OpenAPI v3 schema, read once: what every look at an object goes by. */
export interface Schema {
  readonly type: string;
  /** The types a value may have; none means any. */
  readonly types: readonly string[];
  readonly nullable: boolean;
  readonly preserve: boolean;
  readonly embedded: boolean;
  readonly properties: ReadonlyMap<string, Schema> | undefined;
  /** Those of the properties that have a default. */
  readonly defaulted: readonly (readonly [string, Schema])[];
  /** `additionalProperties`: undefined and true let everything be. */
  readonly others: Schema | boolean | undefined;
  readonly items: Schema | undefined;
  readonly fallback: Json | undefined;
  readonly listType: string;
  readonly listKeys: readonly string[];
  readonly mapType: string;
  readonly required: readonly string[];
  readonly allowed: readonly Json[];
  /** Empty where Kubernetes does not know it for the type. */
  readonly format: string;
  readonly pattern: Pattern | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly exclusiveMinimum: boolean;
  readonly exclusiveMaximum: boolean;
  readonly multipleOf: number | undefined;
  readonly uniqueItems: boolean;
  readonly allOf: readonly Schema[];
  readonly anyOf: readonly Schema[];
  readonly oneOf: readonly Schema[];
  readonly not: Schema | undefined;
  /** Whether there is an `allOf`, `anyOf`, `oneOf` or `not`. */
  readonly combined: boolean;
  readonly rules: readonly Rule[];
}

export interface Pattern {
  readonly source: string;
  /** Undefined where this engine cannot express it: it refuses nothing then. */
  readonly expression: RegExp | undefined;
}

type Draft = { -readonly [Key in keyof Schema]: Schema[Key] };

const known = new WeakMap<JsonMap, Schema>();

/** The schema that `source` declares; read once for each object, so that it must not change. */
export function schemaOf(source: JsonMap): Schema {
  const found = known.get(source);
  if (found !== undefined) return found;
  const draft = leafOf(source);
  // Known before its parts are: a schema may contain itself.
  known.set(source, draft);
  addParts(draft, source);
  return draft;
}

function leafOf(source: JsonMap): Draft {
  const type = stringAt(source, 'type') ?? '';
  const either = source['x-kubernetes-int-or-string'] === true;
  const types = either ? ['integer', 'string'] : type === '' ? [] : [type];
  const pattern = stringAt(source, 'pattern') ?? '';
  const allowed = source['enum'];
  return {
    type,
    types,
    nullable: source['nullable'] === true,
    preserve: source['x-kubernetes-preserve-unknown-fields'] === true,
    embedded: source['x-kubernetes-embedded-resource'] === true,
    properties: undefined,
    defaulted: [],
    others: undefined,
    items: undefined,
    // JSON null is no default.
    fallback: source['default'] ?? undefined,
    listType: stringAt(source, 'x-kubernetes-list-type') ?? '',
    listKeys: stringsAt(source, 'x-kubernetes-list-map-keys'),
    mapType: stringAt(source, 'x-kubernetes-map-type') ?? '',
    required: stringsAt(source, 'required'),
    allowed: Array.isArray(allowed) ? allowed : [],
    format: supportedFormat(stringAt(source, 'format') ?? '', types),
    pattern: pattern === '' ? undefined : patternOf(pattern),
    minLength: numberAt(source, 'minLength'),
    maxLength: numberAt(source, 'maxLength'),
    minItems: numberAt(source, 'minItems'),
    maxItems: numberAt(source, 'maxItems'),
    minProperties: numberAt(source, 'minProperties'),
    maxProperties: numberAt(source, 'maxProperties'),
    minimum: numberAt(source, 'minimum'),
    maximum: numberAt(source, 'maximum'),
    exclusiveMinimum: source['exclusiveMinimum'] === true,
    exclusiveMaximum: source['exclusiveMaximum'] === true,
    multipleOf: numberAt(source, 'multipleOf'),
    uniqueItems: source['uniqueItems'] === true,
    allOf: [],
    anyOf: [],
    oneOf: [],
    not: undefined,
    combined: false,
    rules: listAt(source, 'x-kubernetes-validations')
      .filter((item) => isMap(item))
      .map(ruleOf),
  };
}

function addParts(draft: Draft, source: JsonMap): void {
  const properties = mapAt(source, 'properties');
  if (properties !== undefined) {
    draft.properties = new Map(
      Object.entries(properties).flatMap(([key, value]) =>
        isMap(value) ? [[key, schemaOf(value)]] : [],
      ),
    );
  }
  draft.defaulted = [...(draft.properties ?? [])].filter(([, part]) => part.fallback !== undefined);
  const others = source['additionalProperties'];
  if (isMap(others)) draft.others = schemaOf(others);
  else if (typeof others === 'boolean') draft.others = others;
  const items = mapAt(source, 'items');
  if (items !== undefined) draft.items = schemaOf(items);
  draft.allOf = schemasAt(source, 'allOf');
  draft.anyOf = schemasAt(source, 'anyOf');
  draft.oneOf = schemasAt(source, 'oneOf');
  const not = mapAt(source, 'not');
  if (not !== undefined) draft.not = schemaOf(not);
  const { allOf, anyOf, oneOf } = draft;
  draft.combined = draft.not !== undefined || allOf.length + anyOf.length + oneOf.length > 0;
}

function schemasAt(source: JsonMap, key: string): Schema[] {
  return listAt(source, key)
    .filter((item) => isMap(item))
    .map((item) => schemaOf(item));
}

function numberAt(source: JsonMap, key: string): number | undefined {
  const value = source[key];
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && 'rawJSON' in value
    ? Number(value.rawJSON)
    : undefined;
}

function patternOf(source: string): Pattern {
  const compiled = compileGoPattern(source);
  return { source, expression: compiled.kind === 'pattern' ? compiled.expression : undefined };
}

function ruleOf(source: JsonMap): Rule {
  return {
    rule: stringAt(source, 'rule') ?? '',
    message: stringAt(source, 'message') ?? '',
    messageExpression: stringAt(source, 'messageExpression') ?? '',
    reason: stringAt(source, 'reason') ?? '',
    fieldPath: stringAt(source, 'fieldPath') ?? '',
    optionalOldSelf: source['optionalOldSelf'] === true,
  };
}

/** The schema of a key: declared by name, or what every other key has. */
export function schemaOfKey(schema: Schema | undefined, key: string): Schema | undefined {
  const declared = schema?.properties?.get(key);
  if (declared !== undefined) return declared;
  const others = schema?.others;
  return typeof others === 'object' ? others : undefined;
}
