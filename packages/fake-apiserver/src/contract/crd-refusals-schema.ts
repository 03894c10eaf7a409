import { FIELD, SCHEMA, type Refusal } from './crd-parts.ts';

/** CRDs with schemas that are none for Kubernetes, and what it says of each. */
export const SCHEMA_REFUSALS: readonly Refusal[] = [
  [
    'a root that says too much beside a status subresource',
    ({ version, schema }) => {
      version['subresources'] = { status: {} };
      schema['minProperties'] = 1;
    },
    [
      `${SCHEMA}: Invalid value: {"ID":"","Schema":"","Ref":null,"Description":"","Type":"object","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":1,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":{"spec":{"ID":"","Schema":"","Ref":null,"Description":"","Type":"object","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":null,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":{"list":{"ID":"","Schema":"","Ref":null,"Description":"","Type":"array","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":null,"Required":null,"Items":{"Schema":{"ID":"","Schema":"","Ref":null,"Description":"","Type":"string","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":null,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":null,"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null},"JSONSchemas":null},"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":null,"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null},"size":{"ID":"","Schema":"","Ref":null,"Description":"","Type":"integer","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":null,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":null,"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null}},"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null}},"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null}: only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields are allowed at the root of the schema if the status subresource is enabled`,
    ],
  ],
  [
    'a schema that is no object',
    ({ schema }) => {
      schema['type'] = 'array';
      schema['items'] = { type: 'string' };
    },
    [`${SCHEMA}.type: Invalid value: "array": must be object at the root`],
  ],
  [
    'a schema without a type',
    ({ schema }) => {
      delete schema['type'];
    },
    [`${SCHEMA}.type: Required value: must not be empty at the root`],
  ],
  [
    'a field without a type',
    ({ fields }) => {
      fields['size'] = {};
    },
    [`${FIELD}[size].type: Required value: must not be empty for specified object fields`],
  ],
  [
    'a list without items',
    ({ fields }) => {
      fields['list'] = { type: 'array' };
    },
    [`${FIELD}[list].items: Required value: must be specified`],
  ],
  [
    'items without a type',
    ({ fields }) => {
      fields['list'] = { type: 'array', items: {} };
    },
    [`${FIELD}[list].items.type: Required value: must not be empty for specified array items`],
  ],
  [
    'a type that does not exist',
    ({ fields }) => {
      fields['size'] = { type: 'float' };
    },
    [
      `${FIELD}[size].type: Unsupported value: "float": supported values: "array", "boolean", "integer", "number", "object", "string"`,
    ],
  ],
  [
    'the type null',
    ({ fields }) => {
      fields['size'] = { type: 'null' };
    },
    [
      `${FIELD}[size].type: Unsupported value: "null": supported values: "array", "boolean", "integer", "number", "object", "string"`,
      `${FIELD}[size].type: Forbidden: type cannot be set to null, use nullable as an alternative`,
    ],
  ],
  [
    'an array of schemas for items',
    ({ fields }) => {
      fields['list'] = { type: 'array', items: [{ type: 'string' }] };
    },
    [`${FIELD}[list].items: Forbidden: items must be a schema object and not an array`],
  ],
  [
    'what JSON Schema has and CRDs have not',
    ({ schema }) => {
      Object.assign(schema, {
        id: 'x',
        $ref: '#/x',
        definitions: { a: { type: 'string' } },
        patternProperties: { a: { type: 'string' } },
        dependencies: { a: ['b'] },
        additionalItems: true,
      });
    },
    [
      `${SCHEMA}.id: Forbidden: id is not supported`,
      `${SCHEMA}.additionalItems: Forbidden: additionalItems is not supported`,
      `${SCHEMA}.patternProperties: Forbidden: patternProperties is not supported`,
      `${SCHEMA}.definitions: Forbidden: definitions is not supported`,
      `${SCHEMA}.dependencies: Forbidden: dependencies is not supported`,
      `${SCHEMA}.$ref: Forbidden: $ref is not supported`,
    ],
  ],
  [
    'a $schema',
    ({ schema }) => {
      schema['$schema'] = 'http://json-schema.org/schema#';
    },
    [`${SCHEMA}: Invalid value: "": OpenAPIV3Schema 'schema' is not supported`],
  ],
  [
    'unique items',
    ({ fields }) => {
      fields['list'] = { type: 'array', uniqueItems: true, items: { type: 'string' } };
    },
    [
      `${FIELD}[list].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic`,
    ],
  ],
  [
    'a nullable root',
    ({ schema }) => {
      schema['nullable'] = true;
    },
    [`${SCHEMA}.nullable: Forbidden: nullable cannot be true at the root`],
  ],
  [
    'additional properties at the root',
    ({ schema }) => {
      delete schema['properties'];
      schema['additionalProperties'] = { type: 'string' };
    },
    [`${SCHEMA}.additionalProperties: Forbidden: must not be used at the root`],
  ],
  [
    'properties and additional properties',
    ({ body }) => {
      Object.assign(body, { additionalProperties: { type: 'string' } });
    },
    [
      `${SCHEMA}.properties[spec].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive`,
    ],
  ],
  [
    'a pattern that is none',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: '(' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): \`(\``,
    ],
  ],
  [
    'a pattern that looks ahead',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: '^(?!x)' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "^(?!x)": must be a valid regular expression, but isn't: error parsing regexp: invalid or unsupported Perl syntax: \`(?!\``,
    ],
  ],
  [
    'a pattern that repeats a repetition',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: 'a**' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "a**": must be a valid regular expression, but isn't: error parsing regexp: invalid nested repetition operator: \`**\``,
    ],
  ],
  [
    'a class of characters that is not closed',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: '[a' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "[a": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: \`[a\``,
    ],
  ],
  [
    'an escape that Go does not know',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: '\\q' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "\\\\q": must be a valid regular expression, but isn't: error parsing regexp: invalid escape sequence: \`\\q\``,
    ],
  ],
  [
    'a range the wrong way round',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: '[b-a]' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "[b-a]": must be a valid regular expression, but isn't: error parsing regexp: invalid character class range: \`b-a\``,
    ],
  ],
  [
    'a repetition of nothing',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: '*a' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "*a": must be a valid regular expression, but isn't: error parsing regexp: missing argument to repetition operator: \`*\``,
    ],
  ],
  [
    'too many repetitions',
    ({ fields }) => {
      fields['a'] = { type: 'string', pattern: 'a{1001}' };
    },
    [
      `${FIELD}[a].pattern: Invalid value: "a{1001}": must be a valid regular expression, but isn't: error parsing regexp: invalid repeat count: \`{1001}\``,
    ],
  ],
];
