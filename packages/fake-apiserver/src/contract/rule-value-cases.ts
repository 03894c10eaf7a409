import { INT, TEXT, type RuleCase } from './rule-cases.ts';

/** Rules about texts, about lists, and about values of every kind. */
export const VALUE_CASES: readonly RuleCase[] = [
  [
    'texts',
    {
      ...TEXT,
      'x-kubernetes-validations': [
        { rule: "self.lowerAscii() == 'abc'" },
        { rule: "self.upperAscii() == 'ABC'" },
        { rule: 'self.trim() == self' },
        { rule: "self.replace('b', 'x') == 'axc'" },
        { rule: "self.split('b') == ['a', 'c']" },
        { rule: "self.charAt(1) == 'b'" },
        { rule: "self.indexOf('b') == 1" },
        { rule: "self.lastIndexOf('b') == 1" },
        { rule: "self.substring(1) == 'bc'" },
        { rule: "self.substring(1, 2) == 'b'" },
        { rule: 'self.size() == 3' },
      ],
    },
    [
      ['abc', []],
      [
        'ABC',
        [
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"ABC\": failed rule: self.replace('b', 'x') == 'axc'",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"ABC\": failed rule: self.split('b') == ['a', 'c']",
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "ABC": failed rule: self.charAt(1) == \'b\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "ABC": failed rule: self.indexOf(\'b\') == 1',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "ABC": failed rule: self.lastIndexOf(\'b\') == 1',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "ABC": failed rule: self.substring(1) == \'bc\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "ABC": failed rule: self.substring(1, 2) == \'b\'',
          ],
        ],
      ],
      [
        '',
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "": failed rule: self.lowerAscii() == \'abc\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "": failed rule: self.upperAscii() == \'ABC\'',
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"\": failed rule: self.replace('b', 'x') == 'axc'",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"\": failed rule: self.split('b') == ['a', 'c']",
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "string": index out of range: 1 evaluating rule: self.charAt(1) == \'b\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "": failed rule: self.indexOf(\'b\') == 1',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "": failed rule: self.lastIndexOf(\'b\') == 1',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "string": index out of range: 1 evaluating rule: self.substring(1) == \'bc\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "string": index out of range: 1 evaluating rule: self.substring(1, 2) == \'b\'',
          ],
          ['FieldValueInvalid', 'spec.it: Invalid value: "": failed rule: self.size() == 3'],
        ],
      ],
      [
        ' b',
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: " b": failed rule: self.lowerAscii() == \'abc\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: " b": failed rule: self.upperAscii() == \'ABC\'',
          ],
          ['FieldValueInvalid', 'spec.it: Invalid value: " b": failed rule: self.trim() == self'],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \" b\": failed rule: self.replace('b', 'x') == 'axc'",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \" b\": failed rule: self.split('b') == ['a', 'c']",
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: " b": failed rule: self.substring(1) == \'bc\'',
          ],
          ['FieldValueInvalid', 'spec.it: Invalid value: " b": failed rule: self.size() == 3'],
        ],
      ],
    ],
  ],
  [
    'lists',
    {
      type: 'array',
      maxItems: 4,
      items: INT,
      'x-kubernetes-validations': [
        { rule: 'self.isSorted()' },
        { rule: 'self.sum() == 6' },
        { rule: 'self.min() == 1' },
        { rule: 'self.max() == 3' },
        { rule: 'self.indexOf(2) == 1' },
        { rule: 'self.lastIndexOf(2) == 1' },
        { rule: 'self.exists(x, x == 2)' },
        { rule: 'self.all(x, x > 0)' },
        { rule: 'self.exists_one(x, x == 2)' },
        { rule: 'self.map(x, x * 2) == [2, 4, 6]' },
        { rule: 'self.filter(x, x > 1) == [2, 3]' },
        { rule: '2 in self' },
      ],
    },
    [
      [[1, 2, 3], []],
      [
        [3, 2, 1],
        [
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.isSorted()'],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: failed rule: self.map(x, x * 2) == [2, 4, 6]',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: failed rule: self.filter(x, x > 1) == [2, 3]',
          ],
        ],
      ],
      [
        [],
        [
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.sum() == 6'],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "array": min called on empty list evaluating rule: self.min() == 1',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "array": max called on empty list evaluating rule: self.max() == 3',
          ],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.indexOf(2) == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.lastIndexOf(2) == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.exists(x, x == 2)'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.exists_one(x, x == 2)'],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: failed rule: self.map(x, x * 2) == [2, 4, 6]',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: failed rule: self.filter(x, x > 1) == [2, 3]',
          ],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: 2 in self'],
        ],
      ],
      [
        [2, 2],
        [
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.sum() == 6'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.min() == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.max() == 3'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.indexOf(2) == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.exists_one(x, x == 2)'],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: failed rule: self.map(x, x * 2) == [2, 4, 6]',
          ],
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: failed rule: self.filter(x, x > 1) == [2, 3]',
          ],
        ],
      ],
    ],
  ],
  [
    'numbers and texts',
    {
      'x-kubernetes-int-or-string': true,
      'x-kubernetes-validations': [{ rule: "type(self) == int ? self == 1 : self == '1%'" }],
    },
    [
      [1, []],
      [
        2,
        [
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: 2: failed rule: type(self) == int ? self == 1 : self == '1%'",
          ],
        ],
      ],
      ['1%', []],
      [
        '2',
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "2": failed rule: type(self) == int ? self == 1 : self == \'1%\'',
          ],
        ],
      ],
    ],
  ],
  [
    'fractions',
    { type: 'number', 'x-kubernetes-validations': [{ rule: 'self > 1.5' }] },
    [
      [1, [['FieldValueInvalid', 'spec.it: Invalid value: 1: failed rule: self > 1.5']]],
      [2, []],
      [1.25, [['FieldValueInvalid', 'spec.it: Invalid value: 1.25: failed rule: self > 1.5']]],
    ],
  ],
  [
    'names that are no identifiers',
    {
      type: 'object',
      properties: { namespace: TEXT, 'x-y': INT, 'a.b': INT, 'a/b': INT, a__b: INT },
      'x-kubernetes-validations': [
        { rule: "self.__namespace__ == 'n'" },
        { rule: 'self.x__dash__y == 1' },
        { rule: 'self.a__dot__b == 1' },
        { rule: 'self.a__slash__b == 1' },
        { rule: 'self.a__underscores__b == 1' },
      ],
    },
    [
      [{ namespace: 'n', 'x-y': 1, 'a.b': 1, 'a/b': 1, a__b: 1 }, []],
      [
        { namespace: 'm', 'x-y': 2, 'a.b': 2, 'a/b': 2, a__b: 2 },
        [
          ['FieldValueInvalid', "spec.it: Invalid value: failed rule: self.__namespace__ == 'n'"],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.x__dash__y == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.a__dot__b == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.a__slash__b == 1'],
          ['FieldValueInvalid', 'spec.it: Invalid value: failed rule: self.a__underscores__b == 1'],
        ],
      ],
    ],
  ],
  [
    'resources in resources',
    {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      properties: { spec: { type: 'object' } },
      'x-kubernetes-validations': [
        { rule: "self.metadata.name == 'x'" },
        { rule: "self.kind == 'K'" },
      ],
    },
    [
      [
        { apiVersion: 'v1', kind: 'L', metadata: { name: 'y' } },
        [
          ['FieldValueInvalid', "spec.it: Invalid value: failed rule: self.metadata.name == 'x'"],
          ['FieldValueInvalid', "spec.it: Invalid value: failed rule: self.kind == 'K'"],
        ],
      ],
    ],
  ],
];
