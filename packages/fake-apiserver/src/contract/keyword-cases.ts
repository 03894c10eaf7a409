import type { JsonMap } from '../json.ts';

/** The fields of the `spec` that the cases are about. */
export const KEYWORD_FIELDS: JsonMap = {
  size: { type: 'integer', minimum: 1, maximum: 5.5 },
  half: { type: 'number', multipleOf: 0.5 },
  wide: { type: 'number', exclusiveMaximum: true, maximum: 10, format: 'float' },
  even: { type: 'integer', multipleOf: 2, format: 'int64' },
  short: { type: 'integer', format: 'int32' },
  mark: { type: 'string', minLength: 2, maxLength: 3 },
  code: { type: 'string', pattern: '(?i)^[a-c]+$' },
  pick: { type: 'integer', enum: [1, 2] },
  any: { 'x-kubernetes-preserve-unknown-fields': true, enum: ['a', 1, true, { b: 1 }] },
  void: { type: 'string', nullable: true },
  port: { 'x-kubernetes-int-or-string': true, maximum: 9, pattern: '^h' },
  some: {
    type: 'object',
    minProperties: 1,
    maxProperties: 2,
    additionalProperties: { type: 'integer' },
  },
  none: { type: 'object', additionalProperties: false },
  either: {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' }, n: { type: 'integer' } },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
  },
  least: {
    type: 'object',
    properties: { a: { type: 'string' }, n: { type: 'integer' } },
    anyOf: [
      { required: ['a'], properties: { n: { minimum: 3 } } },
      { required: ['n'], properties: { a: { minLength: 3 } } },
    ],
  },
  both: { type: 'integer', allOf: [{ minimum: 3 }, { maximum: 1 }] },
  never: { type: 'string', not: { enum: ['x'] } },
  tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'integer' } },
  keyed: {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['a', 'b'],
    items: {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string' }, b: { type: 'integer', default: 1 } },
    },
  },
  deep: {
    type: 'array',
    items: {
      type: 'object',
      required: ['x'],
      properties: {
        x: { type: 'object', required: ['y'], properties: { y: { type: 'boolean' } } },
      },
    },
  },
  inner: {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
  },
  dated: { type: 'integer', format: 'date' },
};

/** A title, a `spec`, and the reason and `field: message` of each of its mistakes. */
export type KeywordCase = [string, JsonMap, readonly (readonly [string, string])[]];

/** Numbers, texts and lists of what is allowed. */
export const SCALAR_CASES: readonly KeywordCase[] = [
  [
    'an integer below an odd bound',
    { size: 6 },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": Maximum boundary value must be of type integer (default format) in spec.size',
      ],
      [
        'FieldValueInvalid',
        'spec.size: Invalid value: 6: spec.size in body should be less than or equal to 5.5',
      ],
    ],
  ],
  [
    'a fraction for an integer',
    { size: 1.5 },
    [
      [
        'FieldValueTypeInvalid',
        'spec.size: Invalid value: "number": spec.size in body must be of type integer: "number"',
      ],
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.size',
      ],
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": Maximum boundary value must be of type integer (default format) in spec.size',
      ],
    ],
  ],
  [
    'a text for a number',
    { half: '1' },
    [
      [
        'FieldValueTypeInvalid',
        'spec.half: Invalid value: "string": spec.half in body must be of type number: "string"',
      ],
    ],
  ],
  [
    'a fraction that is no multiple',
    { half: 0.3 },
    [
      [
        'FieldValueInvalid',
        'spec.half: Invalid value: 0.3: spec.half in body should be a multiple of 0.5',
      ],
    ],
  ],
  [
    'an integer by a fraction',
    { half: 3 },
    [
      [
        'FieldValueInvalid',
        'spec.half: Invalid value: 0: factor MultipleOf declared for spec.half must be positive: 0',
      ],
    ],
  ],
  [
    'a number at an exclusive bound',
    { wide: 10 },
    [
      [
        'FieldValueInvalid',
        'spec.wide: Invalid value: 10: spec.wide in body should be less than 10',
      ],
    ],
  ],
  [
    'a number beyond a float',
    { wide: -3.5e38 },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": Checked value must be of type number with format float in spec.wide',
      ],
    ],
  ],
  [
    'an odd number',
    { even: 3 },
    [
      [
        'FieldValueInvalid',
        'spec.even: Invalid value: 3: spec.even in body should be a multiple of 2',
      ],
    ],
  ],
  [
    'a number beyond 32 bits',
    { short: 2147483648 },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.short',
      ],
    ],
  ],
  [
    'a number beyond 64 bits',
    { even: 100000000000000000000 },
    [
      [
        'FieldValueTypeInvalid',
        'spec.even: Invalid value: "float64": spec.even in body must be of type int64: "float64"',
      ],
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": Checked value must be of type integer with format int64 in spec.even',
      ],
      [
        'FieldValueInvalid',
        'spec.even: Invalid value: 1e+20: spec.even in body should be a multiple of 2',
      ],
    ],
  ],
  [
    'a boolean for an int32',
    { short: true },
    [
      [
        'FieldValueTypeInvalid',
        'spec.short: Invalid value: "": spec.short in body must be of type int32: ""',
      ],
    ],
  ],
  [
    'a text of too few characters',
    { mark: 'é' },
    [
      [
        'FieldValueInvalid',
        'spec.mark: Invalid value: "é": spec.mark in body should be at least 2 chars long',
      ],
    ],
  ],
  [
    'a text of too many characters',
    { mark: '😀😀😀😀' },
    [['FieldValueTooLong', 'spec.mark: Too long: may not be more than 3 bytes']],
  ],
  [
    'a text in the wrong letters',
    { code: 'aBd' },
    [
      [
        'FieldValueInvalid',
        'spec.code: Invalid value: "aBd": spec.code in body should match \'(?i)^[a-c]+$\'',
      ],
    ],
  ],
  [
    'an integer that is not on the list',
    { pick: 3 },
    [['FieldValueNotSupported', 'spec.pick: Unsupported value: 3: supported values: "1", "2"']],
  ],
  [
    'a value of another type than those on the list',
    { any: [1] },
    [
      [
        'FieldValueNotSupported',
        'spec.any: Unsupported value: [1]: supported values: "a", "1", "true", "{\\"b\\":1}"',
      ],
    ],
  ],
  [
    'a null in a list',
    { deep: [null] },
    [
      [
        'FieldValueTypeInvalid',
        'spec.deep[0]: Invalid value: "null": spec.deep[0] in body must be of type object: "null"',
      ],
    ],
  ],
  [
    'a boolean for int-or-string',
    { port: true },
    [
      [
        'FieldValueTypeInvalid',
        'spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
      ],
    ],
  ],
  [
    'an integer too large for int-or-string',
    { port: 10 },
    [
      [
        'FieldValueInvalid',
        'spec.port: Invalid value: 10: spec.port in body should be less than or equal to 9',
      ],
    ],
  ],
  [
    'a text that is wrong for int-or-string',
    { port: 'x' },
    [['FieldValueInvalid', 'spec.port: Invalid value: "x": spec.port in body should match \'^h\'']],
  ],
];
