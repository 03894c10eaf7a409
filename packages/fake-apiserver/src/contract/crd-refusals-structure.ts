import { FIELD, SCHEMA, type Refusal } from './crd-parts.ts';

/** CRDs with schemas that are not structural. */
export const STRUCTURE_REFUSALS: readonly Refusal[] = [
  [
    'types inside of anyOf',
    ({ body }) => {
      body['anyOf'] = [{ type: 'object' }];
    },
    [`${SCHEMA}.properties[spec].anyOf[0].type: Forbidden: must be empty to be structural`],
  ],
  [
    'what belongs to the structure inside of allOf',
    ({ fields }) => {
      fields['a'] = {
        type: 'object',
        allOf: [
          {
            default: 1,
            description: 'd',
            title: 't',
            nullable: true,
            additionalProperties: { minLength: 1 },
            'x-kubernetes-preserve-unknown-fields': true,
            'x-kubernetes-embedded-resource': true,
            'x-kubernetes-int-or-string': true,
          },
        ],
      };
    },
    [
      `${FIELD}[a].allOf[0].additionalProperties: Forbidden: must be undefined to be structural`,
      `${FIELD}[a].allOf[0].default: Forbidden: must be undefined to be structural`,
      `${FIELD}[a].allOf[0].description: Forbidden: must be empty to be structural`,
      `${FIELD}[a].allOf[0].nullable: Forbidden: must be false to be structural`,
      `${FIELD}[a].allOf[0].title: Forbidden: must be empty to be structural`,
      `${FIELD}[a].allOf[0].x-kubernetes-embedded-resource: Forbidden: must be false to be structural`,
      `${FIELD}[a].allOf[0].x-kubernetes-int-or-string: Forbidden: must be false to be structural`,
      `${FIELD}[a].allOf[0].x-kubernetes-preserve-unknown-fields: Forbidden: must be false to be structural`,
    ],
  ],
  [
    'list types inside of not',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: { type: 'string' },
        not: {
          'x-kubernetes-list-type': 'set',
          'x-kubernetes-list-map-keys': ['a'],
          'x-kubernetes-map-type': 'atomic',
        },
      };
    },
    [
      `${FIELD}[a].not.x-kubernetes-list-map-keys: Forbidden: must be empty to be structural`,
      `${FIELD}[a].not.x-kubernetes-list-type: Forbidden: must be undefined to be structural`,
      `${FIELD}[a].not.x-kubernetes-map-type: Forbidden: must be undefined to be structural`,
      `${FIELD}[a].not.type: Required value: must be object if x-kubernetes-map-type is specified`,
      `${FIELD}[a].not.type: Required value: must be array if x-kubernetes-list-type is specified`,
      `${FIELD}[a].not.x-kubernetes-list-type: Invalid value: "set": must be map if x-kubernetes-list-map-keys is non-empty`,
    ],
  ],
  [
    'metadata inside of oneOf',
    ({ schema, properties }) => {
      schema['properties'] = { ...properties, metadata: { type: 'object' } };
      schema['oneOf'] = [{ properties: { metadata: { required: ['name'] } } }];
    },
    [
      `${SCHEMA}.oneOf[0].properties[metadata]: Forbidden: must not be specified in a nested context`,
    ],
  ],
  [
    'a field that is specified inside of anyOf alone',
    ({ schema }) => {
      schema['anyOf'] = [{ properties: { spec: { properties: { other: { minLength: 1 } } } } }];
    },
    [
      `${FIELD}[other]: Required value: because it is defined in spec.validation.openAPIV3Schema.anyOf[0].properties[spec].properties[other]`,
    ],
  ],
  [
    'items that are specified inside of allOf alone',
    ({ schema }) => {
      schema['allOf'] = [{ properties: { spec: { items: { minLength: 1 } } } }];
    },
    [
      `${SCHEMA}.properties[spec].items: Required value: because it is defined in spec.validation.openAPIV3Schema.allOf[0].properties[spec].items`,
    ],
  ],
  [
    'int-or-string that preserves unknown fields',
    ({ fields }) => {
      fields['a'] = {
        'x-kubernetes-int-or-string': true,
        'x-kubernetes-preserve-unknown-fields': true,
        'x-kubernetes-embedded-resource': true,
        type: 'object',
      };
    },
    [
      `${FIELD}[a].x-kubernetes-embedded-resource: Invalid value: true: must be false if x-kubernetes-int-or-string is true`,
      `${FIELD}[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true`,
    ],
  ],
  [
    'unknown fields that are not preserved',
    ({ schema }) => {
      schema['x-kubernetes-preserve-unknown-fields'] = false;
    },
    [
      `${SCHEMA}.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined`,
    ],
  ],
  [
    'an embedded resource without fields',
    ({ fields }) => {
      fields['a'] = { type: 'object', 'x-kubernetes-embedded-resource': true };
    },
    [
      `${FIELD}[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields`,
    ],
  ],
  [
    'an embedded resource that is no object',
    ({ fields }) => {
      fields['a'] = {
        type: 'string',
        'x-kubernetes-embedded-resource': true,
        'x-kubernetes-preserve-unknown-fields': true,
      };
    },
    [
      `${FIELD}[a].type: Invalid value: "string": must be object if x-kubernetes-embedded-resource is true`,
    ],
  ],
  [
    'an embedded resource with additional properties',
    ({ fields }) => {
      fields['a'] = {
        type: 'object',
        'x-kubernetes-embedded-resource': true,
        'x-kubernetes-preserve-unknown-fields': true,
        additionalProperties: { type: 'string' },
      };
    },
    [
      `${FIELD}[a].additionalProperties: Forbidden: must not be used if x-kubernetes-embedded-resource is set`,
    ],
  ],
  [
    'metadata beyond names',
    ({ schema, properties }) => {
      schema['properties'] = {
        ...properties,
        metadata: {
          type: 'object',
          properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } },
        },
      };
    },
    [
      `${SCHEMA}.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified`,
    ],
  ],
  [
    'metadata that is no object',
    ({ schema, properties }) => {
      schema['properties'] = { ...properties, metadata: { type: 'string' } };
    },
    [`${SCHEMA}.properties[metadata].type: Invalid value: "string": must be object`],
  ],
  [
    'a kind that is no string',
    ({ schema, properties }) => {
      schema['properties'] = { ...properties, kind: { type: 'integer' } };
    },
    [`${SCHEMA}.properties[kind].type: Invalid value: "integer": must be string`],
  ],
  [
    'a default in metadata',
    ({ schema, properties }) => {
      schema['properties'] = {
        ...properties,
        metadata: { type: 'object', properties: { name: { type: 'string', default: 'a' } } },
      };
    },
    [
      `${SCHEMA}.properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata`,
    ],
  ],
];
