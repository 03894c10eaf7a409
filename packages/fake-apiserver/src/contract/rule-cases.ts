import type { JsonMap, Json } from '../json.ts';

export const INT: JsonMap = { type: 'integer' };
export const TEXT: JsonMap = { type: 'string', maxLength: 50 };

/** The reason and `field: message` of each mistake; none where a value is good. */
export type RuleCauses = readonly (readonly [string, string])[];

/** A title, the schema of the field `it`, and values with what is wrong with them. */
export type RuleCase = [string, JsonMap, readonly (readonly [Json, RuleCauses])[]];

/** What rules say, and where. */
export const RULE_CASES: readonly RuleCase[] = [
  [
    'a message of its own',
    { ...INT, 'x-kubernetes-validations': [{ rule: 'self > 1', message: 'too small' }] },
    [
      [1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: too small']]],
      [2, []],
    ],
  ],
  [
    'no message',
    { ...INT, 'x-kubernetes-validations': [{ rule: ' self > 1 ' }] },
    [[1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: failed rule: self > 1']]]],
  ],
  [
    'a message that is worked out',
    {
      ...INT,
      'x-kubernetes-validations': [
        {
          rule: 'self > 1',
          messageExpression: '"got " + (self == 1 ? "one" : "less")',
          message: 'other',
        },
      ],
    },
    [
      [1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: got one']]],
      [0, [['FieldValueInvalid', 'spec.it: Invalid value: 0: got less']]],
    ],
  ],
  [
    'a message that cannot be worked out',
    {
      ...INT,
      'x-kubernetes-validations': [
        {
          rule: 'self > 1',
          messageExpression: '1 / (self - self) == 1 ? "a" : "b"',
          message: 'other',
        },
      ],
    },
    [[1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: other']]]],
  ],
  [
    'a message of several lines',
    { ...INT, 'x-kubernetes-validations': [{ rule: 'self > 1', messageExpression: '"a\\nb"' }] },
    [[1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: failed rule: self > 1']]]],
  ],
  [
    'a reason',
    {
      ...INT,
      'x-kubernetes-validations': [
        { rule: 'self > 1', reason: 'FieldValueForbidden', message: 'not so' },
        { rule: 'self > 1', reason: 'FieldValueRequired', message: 'more' },
        { rule: 'self > 1', reason: 'FieldValueDuplicate', message: 'again' },
      ],
    },
    [
      [
        1,
        [
          ['FieldValueForbidden', 'spec.it: Forbidden: not so'],
          ['FieldValueRequired', 'spec.it: Required value: more'],
          ['FieldValueDuplicate', 'spec.it: Duplicate value: 1'],
        ],
      ],
    ],
  ],
  [
    'a path',
    {
      type: 'object',
      properties: { a: INT, b: { type: 'object', additionalProperties: TEXT } },
      'x-kubernetes-validations': [
        { rule: 'self.a > 1', fieldPath: '.a', message: 'small' },
        { rule: 'self.a > 1', fieldPath: '.b.c', message: 'small' },
      ],
    },
    [
      [
        { a: 1 },
        [
          ['FieldValueInvalid', 'spec.it.a: Invalid value: small'],
          ['FieldValueInvalid', 'spec.it.b[c]: Invalid value: small'],
        ],
      ],
    ],
  ],
  [
    'items of a list',
    {
      type: 'array',
      maxItems: 5,
      items: { ...TEXT, 'x-kubernetes-validations': [{ rule: "self.startsWith('a')" }] },
    },
    [
      [
        ['a', 'b', 'c'],
        [
          [
            'FieldValueInvalid',
            'spec.it[1]: Invalid value: "b": failed rule: self.startsWith(\'a\')',
          ],
          [
            'FieldValueInvalid',
            'spec.it[2]: Invalid value: "c": failed rule: self.startsWith(\'a\')',
          ],
        ],
      ],
    ],
  ],
  [
    'items of a map',
    {
      type: 'object',
      maxProperties: 5,
      additionalProperties: { ...INT, 'x-kubernetes-validations': [{ rule: 'self > 0' }] },
    },
    [
      [
        { a: 1, b: 0, 'c.d': -1 },
        [
          ['FieldValueInvalid', 'spec.it[b]: Invalid value: 0: failed rule: self > 0'],
          ['FieldValueInvalid', 'spec.it[c.d]: Invalid value: -1: failed rule: self > 0'],
        ],
      ],
    ],
  ],
  [
    'objects in objects',
    {
      type: 'object',
      properties: {
        a: { ...INT, 'x-kubernetes-validations': [{ rule: 'self > 1', message: 'inner' }] },
      },
      'x-kubernetes-validations': [{ rule: 'self.a > 2', message: 'outer' }],
    },
    [
      [
        { a: 1 },
        [
          ['FieldValueInvalid', 'spec.it: Invalid value: outer'],
          ['FieldValueInvalid', 'spec.it.a: Invalid value: 1: inner'],
        ],
      ],
    ],
  ],
  [
    'what is not there',
    {
      type: 'object',
      properties: { a: INT },
      'x-kubernetes-validations': [
        { rule: 'self.a > 1' },
        { rule: '!has(self.a) || self.a > 1' },
        { rule: 'self.?a.orValue(5) > 4' },
      ],
    },
    [
      [
        {},
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "object": no such key: a evaluating rule: self.a > 1',
          ],
        ],
      ],
      [
        { a: 1 },
        [
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.a > 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: !has(self.a) || self.a > 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.?a.orValue(5) > 4'],
        ],
      ],
    ],
  ],
  [
    'what is null',
    {
      type: 'object',
      properties: { a: { type: 'integer', nullable: true } },
      'x-kubernetes-validations': [{ rule: '!has(self.a) || self.a > 1' }],
    },
    [
      [{ a: null }, []],
      [
        { a: 1 },
        [['FieldValueInvalid', 'spec.it: Invalid value: failed rule: !has(self.a) || self.a > 1']],
      ],
    ],
  ],
  [
    'keys of maps',
    {
      type: 'object',
      maxProperties: 3,
      additionalProperties: TEXT,
      'x-kubernetes-validations': [
        { rule: "self.all(k, k.startsWith('a') && self[k] == 'x')" },
        { rule: "'ab' in self" },
      ],
    },
    [
      [{ ab: 'x' }, []],
      [
        { ab: 'y' },
        [
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: failed rule: self.all(k, k.startsWith('a') && self[k] == 'x')",
          ],
        ],
      ],
      [
        { b: 'x' },
        [
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: failed rule: self.all(k, k.startsWith('a') && self[k] == 'x')",
          ],
          ['FieldValueInvalid', "spec.it: Invalid value: failed rule: 'ab' in self"],
        ],
      ],
    ],
  ],
  [
    'places in lists',
    {
      type: 'array',
      maxItems: 3,
      items: INT,
      'x-kubernetes-validations': [{ rule: 'self[2] > 1' }],
    },
    [
      [
        [1],
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "array": index out of bounds: 2 evaluating rule: self[2] > 1',
          ],
        ],
      ],
      [[1, 2, 3], []],
    ],
  ],
  [
    'what cannot be reckoned',
    {
      ...INT,
      'x-kubernetes-validations': [
        { rule: '10 / self > 1' },
        { rule: '10 % self == 0' },
        { rule: 'self + 9223372036854775807 > 0' },
      ],
    },
    [
      [
        0,
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "integer": division by zero evaluating rule: 10 / self > 1',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "integer": modulus by zero evaluating rule: 10 % self == 0',
          ],
        ],
      ],
      [
        1,
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "integer": integer overflow evaluating rule: self + 9223372036854775807 > 0',
          ],
        ],
      ],
    ],
  ],
];
