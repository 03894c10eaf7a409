import { LABEL } from './crd-parts.ts';
import type { KeywordCase } from './keyword-cases.ts';

/** Maps, lists, alternatives, and objects inside of objects. */
export const STRUCTURE_CASES: readonly KeywordCase[] = [
  [
    'a map with too few keys',
    { some: {} },
    [
      [
        'FieldValueInvalid',
        'spec.some: Invalid value: 0: spec.some in body should have at least 1 properties',
      ],
    ],
  ],
  [
    'a map with too many keys',
    { some: { a: 1, b: 2, c: 3 } },
    [['FieldValueTooMany', 'spec.some: Too many: 3: must have at most 2 items']],
  ],
  [
    'a wrong value in a map',
    { some: { 'a.b': 'x' } },
    [
      [
        'FieldValueTypeInvalid',
        'spec.some.a.b: Invalid value: "string": spec.some.a.b in body must be of type integer: "string"',
      ],
    ],
  ],
  [
    'keys where none may be',
    { none: { a: 1 } },
    [
      [
        'FieldValueInvalid',
        'spec.none: Invalid value: "a": spec.none.a in body is a forbidden property',
      ],
    ],
  ],
  [
    'none of one of two',
    { either: {} },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found none valid',
      ],
      ['FieldValueRequired', 'spec.either.a: Required value'],
    ],
  ],
  [
    'both of one of two',
    { either: { a: '1', b: '2' } },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found 2 valid alternatives',
      ],
    ],
  ],
  [
    'a wrong field beside one of two',
    { either: { a: '1', n: '2' } },
    [
      [
        'FieldValueTypeInvalid',
        'spec.either.n: Invalid value: "string": spec.either.n in body must be of type integer: "string"',
      ],
    ],
  ],
  [
    'nothing of at least one',
    { least: {} },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": "spec.least" must validate at least one schema (anyOf)',
      ],
      ['FieldValueRequired', 'spec.least.a: Required value'],
    ],
  ],
  [
    'the better of two failures',
    { least: { a: 'x', n: 1 } },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": "spec.least" must validate at least one schema (anyOf)',
      ],
      [
        'FieldValueInvalid',
        'spec.least.n: Invalid value: 1: spec.least.n in body should be greater than or equal to 3',
      ],
    ],
  ],
  [
    'what all of two cannot be',
    { both: 2 },
    [
      [
        'FieldValueInvalid',
        'spec.both: Invalid value: 2: spec.both in body should be greater than or equal to 3',
      ],
      [
        'FieldValueInvalid',
        'spec.both: Invalid value: 2: spec.both in body should be less than or equal to 1',
      ],
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": "spec.both" must validate all the schemas (allOf). None validated',
      ],
    ],
  ],
  [
    'what it must not be',
    { never: 'x' },
    [
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: "": "spec.never" must not validate the schema (not)',
      ],
    ],
  ],
  [
    'the same twice in a set, and thrice',
    { tags: [1, 1, 2, 2, 2] },
    [
      ['FieldValueDuplicate', 'spec.tags[1]: Duplicate value: 1'],
      ['FieldValueDuplicate', 'spec.tags[3]: Duplicate value: 2'],
    ],
  ],
  [
    'the same keys twice, one of them by default',
    { keyed: [{ a: 'x' }, { a: 'x', b: 1 }] },
    [['FieldValueDuplicate', 'spec.keyed[1]: Duplicate value: {"a":"x","b":1}']],
  ],
  [
    'a text in a map list',
    { keyed: ['x'] },
    [
      [
        'FieldValueTypeInvalid',
        'spec.keyed[0]: Invalid value: "string": spec.keyed[0] in body must be of type object: "string"',
      ],
      [
        'FieldValueInvalid',
        'spec.keyed[0]: Invalid value: "x": must be an object for an array of list-type map',
      ],
    ],
  ],
  [
    'what is missing deep inside',
    { deep: [{}, { x: {} }, { x: { y: 1 } }] },
    [
      ['FieldValueRequired', 'spec.deep[0].x: Required value'],
      ['FieldValueRequired', 'spec.deep[1].x.y: Required value'],
      [
        'FieldValueTypeInvalid',
        'spec.deep[2].x.y: Invalid value: "integer": spec.deep[2].x.y in body must be of type boolean: "integer"',
      ],
    ],
  ],
  [
    'an embedded resource without type',
    { inner: {} },
    [
      ['FieldValueRequired', 'spec.inner.apiVersion: Required value'],
      ['FieldValueRequired', 'spec.inner.kind: Required value'],
    ],
  ],
  [
    'an embedded resource with wrong names',
    { inner: { apiVersion: 'a/b/c', kind: 'k_k', metadata: { name: 'a/b', namespace: 'N' } } },
    [
      [
        'FieldValueInvalid',
        'spec.inner.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
      ],
      [
        'FieldValueInvalid',
        `spec.inner.kind: Invalid value: "k_k": may have mixed case, but should otherwise match: ${LABEL}`,
      ],
      [
        'FieldValueInvalid',
        'spec.inner.metadata.name: Invalid value: "a/b": may not contain \'/\'',
      ],
      [
        'FieldValueInvalid',
        "spec.inner.metadata.namespace: Invalid value: \"N\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
  ],
  [
    'an embedded resource with wrong labels',
    { inner: { apiVersion: 'v1', kind: 'K', metadata: { labels: { 'a b': 'c d' } } } },
    [
      [
        'FieldValueInvalid',
        "spec.inner.metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
      [
        'FieldValueInvalid',
        "spec.inner.metadata.labels: Invalid value: \"c d\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ],
    ],
  ],
  [
    'a text for an integer with a strange format',
    { dated: 'x' },
    [
      [
        'FieldValueTypeInvalid',
        'spec.dated: Invalid value: "string": spec.dated in body must be of type integer: "string"',
      ],
    ],
  ],
  [
    'replicas below nothing',
    { replicas: -1 },
    [['FieldValueInvalid', '.spec.replicas: Invalid value: -1: should be a non-negative integer']],
  ],
  [
    'replicas that are no number',
    { replicas: 'two' },
    [
      [
        'FieldValueInvalid',
        '.spec.replicas: Invalid value: 0: .spec.replicas accessor error: two is of the type string, expected int64',
      ],
    ],
  ],
  [
    'too many replicas',
    { replicas: 2147483648 },
    [
      [
        'FieldValueInvalid',
        '.spec.replicas: Invalid value: 2147483648: should be less than or equal to 2147483647',
      ],
    ],
  ],
];
