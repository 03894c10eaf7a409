import type { Json, JsonMap } from '../json.ts';
import { INT, TEXT, type RuleCauses } from './rule-cases.ts';

/** A title, the schema of the field `it`; what it was, what it becomes (null for nothing) and what is wrong with that. */
export type ChangeCase = [string, JsonMap, readonly (readonly [Json, Json, RuleCauses])[]];

/** Rules about changes. */
export const CHANGE_CASES: readonly ChangeCase[] = [
  [
    'a number that may only grow',
    { ...INT, 'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'no less' }] },
    [
      [2, 3, []],
      [3, 2, [['FieldValueInvalid', 'spec.it: Invalid value: 2: no less']]],
    ],
  ],
  [
    'a text that may not change',
    { ...TEXT, 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'immutable' }] },
    [
      ['a', 'b', [['FieldValueInvalid', 'spec.it: Invalid value: "b": immutable']]],
      ['a', 'a', []],
      [null, 'a', []],
      ['a', null, []],
    ],
  ],
  [
    'the items of a map',
    {
      type: 'object',
      maxProperties: 5,
      additionalProperties: { ...INT, 'x-kubernetes-validations': [{ rule: 'self >= oldSelf' }] },
    },
    [
      [
        { a: 2 },
        { a: 1 },
        [['FieldValueInvalid', 'spec.it[a]: Invalid value: 1: failed rule: self >= oldSelf']],
      ],
      [{ a: 2 }, { b: 1 }, []],
    ],
  ],
  [
    'the items of a list by their keys',
    {
      type: 'array',
      maxItems: 5,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['k'],
      items: {
        type: 'object',
        required: ['k'],
        properties: {
          k: TEXT,
          v: { ...INT, 'x-kubernetes-validations': [{ rule: 'self >= oldSelf' }] },
        },
      },
    },
    [
      [
        [
          { k: 'a', v: 2 },
          { k: 'b', v: 2 },
        ],
        [
          { k: 'b', v: 1 },
          { k: 'a', v: 2 },
        ],
        [['FieldValueInvalid', 'spec.it[0].v: Invalid value: 1: failed rule: self >= oldSelf']],
      ],
    ],
  ],
  [
    'what may have been missing',
    {
      ...INT,
      'x-kubernetes-validations': [
        {
          rule: 'oldSelf.hasValue() ? self > oldSelf.value() : self == 1',
          optionalOldSelf: true,
          message: 'one more',
        },
      ],
    },
    [
      [1, 2, []],
      [1, 1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: one more']]],
      [null, 2, [['FieldValueInvalid', 'spec.it: Invalid value: 2: one more']]],
    ],
  ],
];
