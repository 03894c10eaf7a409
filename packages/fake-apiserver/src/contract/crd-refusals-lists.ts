import { FIELD, SCHEMA, type Refusal } from './crd-parts.ts';

/** CRDs whose lists, maps, defaults and rules are declared in a wrong way. */
export const LIST_REFUSALS: readonly Refusal[] = [
  [
    'a list type that does not exist',
    ({ fields }) => {
      fields['a'] = { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'bag' };
    },
    [
      `${FIELD}[a].x-kubernetes-list-type: Unsupported value: "bag": supported values: "atomic", "set", "map"`,
    ],
  ],
  [
    'a list type without a list',
    ({ fields }) => {
      fields['a'] = { type: 'string', 'x-kubernetes-list-type': 'set' };
    },
    [
      `${FIELD}[a].type: Invalid value: "string": must be array if x-kubernetes-list-type is specified`,
    ],
  ],
  [
    'a set of objects',
    ({ fields }) => {
      fields['a'] = { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'set' };
    },
    [
      `${FIELD}[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set`,
    ],
  ],
  [
    'a set of sets',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        'x-kubernetes-list-type': 'set',
      };
    },
    [
      `${FIELD}[a].items.x-kubernetes-list-type: Invalid value: "set": must be atomic as item of a list with x-kubernetes-list-type=set`,
    ],
  ],
  [
    'a map without keys',
    ({ fields }) => {
      fields['a'] = { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'map' };
    },
    [
      `${FIELD}[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map`,
    ],
  ],
  [
    'a map of texts',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: { type: 'string' },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['a'],
      };
    },
    [
      `${FIELD}[a].items.type: Invalid value: "string": must be object if parent array's x-kubernetes-list-type is map`,
    ],
  ],
  [
    'keys that the items do not have',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: { type: 'object' },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['a'],
      };
    },
    [
      `${FIELD}[a].x-kubernetes-list-map-keys: Invalid value: ["a"]: entries must all be names of item properties`,
    ],
  ],
  [
    'keys twice, optional, nullable and no scalars',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: {
          type: 'object',
          nullable: true,
          properties: { a: { type: 'object' }, b: { type: 'string', nullable: true } },
        },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['a', 'a', 'b'],
      };
    },
    [
      `${FIELD}[a].items.properties[a].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map`,
      `${FIELD}[a].items.properties[a].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map`,
      `${FIELD}[a].x-kubernetes-list-map-keys: Invalid value: ["a","a","b"]: must not contain duplicate entries`,
      `${FIELD}[a].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is map`,
      `${FIELD}[a].items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property`,
      `${FIELD}[a].items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property`,
      `${FIELD}[a].items.properties[b].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property`,
      `${FIELD}[a].items.properties[b].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable`,
    ],
  ],
  [
    'keys without a map',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: { type: 'object' },
        'x-kubernetes-list-map-keys': ['a'],
      };
    },
    [
      `${FIELD}[a].x-kubernetes-list-type: Required value: must be map if x-kubernetes-list-map-keys is non-empty`,
    ],
  ],
  [
    'keys of a set',
    ({ fields }) => {
      fields['a'] = {
        type: 'array',
        items: { type: 'string' },
        'x-kubernetes-list-type': 'set',
        'x-kubernetes-list-map-keys': ['a'],
      };
    },
    [
      `${FIELD}[a].x-kubernetes-list-type: Invalid value: "set": must be map if x-kubernetes-list-map-keys is non-empty`,
    ],
  ],
  [
    'a map type that does not exist',
    ({ fields }) => {
      fields['a'] = { type: 'string', 'x-kubernetes-map-type': 'loose' };
    },
    [
      `${FIELD}[a].type: Invalid value: "string": must be object if x-kubernetes-map-type is specified`,
      `${FIELD}[a].x-kubernetes-map-type: Unsupported value: "loose": supported values: "atomic", "granular"`,
    ],
  ],
  [
    'a default of another type',
    ({ fields }) => {
      fields['a'] = { type: 'integer', default: 'one' };
    },
    [`${FIELD}[a].default: Invalid value: "string":  in body must be of type integer: "string"`],
  ],
  [
    'a default that is out of bounds',
    ({ fields }) => {
      fields['a'] = {
        type: 'object',
        default: { b: 9 },
        properties: { b: { type: 'integer', maximum: 5 } },
      };
    },
    [`${FIELD}[a].default.b: Invalid value: 9: b in body should be less than or equal to 5`],
  ],
  [
    'a default with unknown fields',
    ({ fields }) => {
      fields['a'] = {
        type: 'object',
        default: { b: 1, c: 2 },
        properties: { b: { type: 'integer' } },
      };
    },
    [`${FIELD}[a].default: Invalid value: {"b":1,"c":2}: must not have unknown fields`],
  ],
  [
    'rules that are not written well',
    ({ schema }) => {
      schema['x-kubernetes-validations'] = [
        { rule: ' ' },
        { rule: 'true', message: ' ' },
        { rule: 'true', message: 'a\nb' },
        { rule: 'true\n&& true' },
        { rule: 'true', reason: 'Because', fieldPath: '.nowhere', messageExpression: ' ' },
      ];
    },
    [
      `${SCHEMA}.x-kubernetes-validations[0].rule: Required value: rule is not specified`,
      `${SCHEMA}.x-kubernetes-validations[1].message: Invalid value: " ": must be non-empty if specified`,
      `${SCHEMA}.x-kubernetes-validations[2].message: Invalid value: "a\\nb": must not contain line breaks`,
      `${SCHEMA}.x-kubernetes-validations[3].message: Required value: message must be specified if rule contains line breaks`,
      `${SCHEMA}.x-kubernetes-validations[4].messageExpression: Required value: messageExpression must be non-empty if specified`,
      `${SCHEMA}.x-kubernetes-validations[4].reason: Unsupported value: "Because": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"`,
      `${SCHEMA}.x-kubernetes-validations[4].fieldPath: Invalid value: ".nowhere": must be a valid path`,
    ],
  ],
];
