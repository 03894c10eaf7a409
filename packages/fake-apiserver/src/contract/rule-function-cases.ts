import { TEXT, type RuleCase } from './rule-cases.ts';

/** What can be said in rules. */
export const FUNCTION_CASES: readonly RuleCase[] = [
  [
    'what is no number and no time',
    {
      ...TEXT,
      'x-kubernetes-validations': [
        { rule: 'int(self) > 1' },
        { rule: 'double(self) > 1.0' },
        { rule: "duration(self) > duration('1m')" },
        { rule: "timestamp(self) > timestamp('2020-01-01T00:00:00Z')" },
      ],
    },
    [
      [
        'x',
        [
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": type conversion error from 'string' to 'int' evaluating rule: int(self) > 1",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": type conversion error from 'string' to 'double' evaluating rule: double(self) > 1.0",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": type conversion error from 'string' to 'google.protobuf.Duration' evaluating rule: duration(self) > duration('1m')",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": type conversion error from 'string' to 'google.protobuf.Timestamp' evaluating rule: timestamp(self) > timestamp('2020-01-01T00:00:00Z')",
          ],
        ],
      ],
      [
        '2',
        [
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": type conversion error from 'string' to 'google.protobuf.Duration' evaluating rule: duration(self) > duration('1m')",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": type conversion error from 'string' to 'google.protobuf.Timestamp' evaluating rule: timestamp(self) > timestamp('2020-01-01T00:00:00Z')",
          ],
        ],
      ],
    ],
  ],
  [
    'texts with a format',
    {
      type: 'object',
      properties: {
        time: {
          type: 'string',
          format: 'date-time',
          'x-kubernetes-validations': [{ rule: "self > timestamp('2020-01-01T00:00:00Z')" }],
        },
        long: {
          type: 'string',
          format: 'duration',
          'x-kubernetes-validations': [{ rule: "self > duration('1m')" }],
        },
        bytes: {
          type: 'string',
          format: 'byte',
          maxLength: 20,
          'x-kubernetes-validations': [{ rule: "self == b'hello'" }],
        },
        day: {
          type: 'string',
          format: 'date',
          'x-kubernetes-validations': [{ rule: 'self.getFullYear() == 2020' }],
        },
      },
    },
    [
      [{ time: '2021-01-01T00:00:00Z', long: '2h', bytes: 'aGVsbG8=', day: '2020-01-01' }, []],
      [
        { time: '2019-01-01T00:00:00Z', long: '1s', bytes: 'aGk=', day: '2019-01-01' },
        [
          [
            'FieldValueInvalid',
            'spec.it.time: Invalid value: "2019-01-01T00:00:00Z": failed rule: self > timestamp(\'2020-01-01T00:00:00Z\')',
          ],
          [
            'FieldValueInvalid',
            'spec.it.long: Invalid value: "1s": failed rule: self > duration(\'1m\')',
          ],
          [
            'FieldValueInvalid',
            'spec.it.bytes: Invalid value: "aGk=": failed rule: self == b\'hello\'',
          ],
          [
            'FieldValueInvalid',
            'spec.it.day: Invalid value: "2019-01-01": failed rule: self.getFullYear() == 2020',
          ],
        ],
      ],
    ],
  ],
  [
    'quantities',
    {
      ...TEXT,
      'x-kubernetes-validations': [
        { rule: "isQuantity(self) && quantity(self).isGreaterThan(quantity('1Gi'))" },
        { rule: "quantity(self).compareTo(quantity('1')) == 1" },
        { rule: "quantity(self).add(1).sub(quantity('2Gi')) == quantity('1')" },
      ],
    },
    [
      ['2Gi', []],
      [
        '1Mi',
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "1Mi": failed rule: isQuantity(self) && quantity(self).isGreaterThan(quantity(\'1Gi\'))',
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"1Mi\": failed rule: quantity(self).add(1).sub(quantity('2Gi')) == quantity('1')",
          ],
        ],
      ],
      [
        'x',
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "x": failed rule: isQuantity(self) && quantity(self).isGreaterThan(quantity(\'1Gi\'))',
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' evaluating rule: quantity(self).compareTo(quantity('1')) == 1",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"string\": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' evaluating rule: quantity(self).add(1).sub(quantity('2Gi')) == quantity('1')",
          ],
        ],
      ],
    ],
  ],
  [
    'patterns',
    {
      ...TEXT,
      'x-kubernetes-validations': [
        { rule: "self.matches('^(?i)[a-z]+[0-9]$')" },
        { rule: "self.find('[0-9]+') == '1'" },
        { rule: "self.findAll('[0-9]') == ['1']" },
      ],
    },
    [
      ['AB1', []],
      [
        'x22',
        [
          [
            'FieldValueInvalid',
            'spec.it: Invalid value: "x22": failed rule: self.matches(\'^(?i)[a-z]+[0-9]$\')',
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"x22\": failed rule: self.find('[0-9]+') == '1'",
          ],
          [
            'FieldValueInvalid',
            "spec.it: Invalid value: \"x22\": failed rule: self.findAll('[0-9]') == ['1']",
          ],
        ],
      ],
    ],
  ],
];
