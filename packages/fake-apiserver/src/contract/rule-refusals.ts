import type { JsonMap } from '../json.ts';

/** A title, a rule, and what is wrong with which part of it. */
export const RULE_REFUSALS: readonly (readonly [string, JsonMap, readonly string[]])[] = [
  [
    'a field that there is not',
    { rule: 'self.foo == 1' },
    [
      '.rule: Invalid value: {"Rule":"self.foo == 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:5: undefined field \'foo\'\n | self.foo == 1\n | ....^',
    ],
  ],
  [
    'several of them, in several lines',
    { rule: 'self.a > 1 &&\nself.foo == self.bar', message: 'x' },
    [
      '.rule: Invalid value: {"Rule":"self.a \\u003e 1 \\u0026\\u0026\\nself.foo == self.bar","Message":"x","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:2:5: undefined field \'foo\'\n | self.foo == self.bar\n | ....^\nERROR: <input>:2:17: undefined field \'bar\'\n | self.foo == self.bar\n | ................^',
    ],
  ],
  [
    'asking for a field that there is not',
    { rule: 'has(self.foo)' },
    [
      '.rule: Invalid value: {"Rule":"has(self.foo)","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:4: undefined field \'foo\'\n | has(self.foo)\n | ...^',
    ],
  ],
  [
    'a field that there is not in the items of a list',
    { rule: "self.l.all(x, x.q != '')" },
    [
      '.rule: Invalid value: {"Rule":"self.l.all(x, x.q != \'\')","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:16: undefined field \'q\'\n | self.l.all(x, x.q != \'\')\n | ...............^',
    ],
  ],
  [
    'a name that there is not',
    { rule: 'foo > 1' },
    [
      '.rule: Invalid value: {"Rule":"foo \\u003e 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:1: undeclared reference to \'foo\' (in container \'\')\n | foo > 1\n | ^',
    ],
  ],
  [
    'no yes or no',
    { rule: 'self.a + 1' },
    [
      '.rule: Invalid value: {"Rule":"self.a + 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool',
    ],
  ],
  [
    'a field that is no yes or no',
    { rule: 'self.b' },
    [
      '.rule: Invalid value: {"Rule":"self.b","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool',
    ],
  ],
  [
    'a number and a text',
    { rule: "self.a == 'x'" },
    [
      '.rule: Invalid value: {"Rule":"self.a == \'x\'","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:8: found no matching overload for \'_==_\' applied to \'(int, string)\'\n | self.a == \'x\'\n | .......^',
    ],
  ],
  [
    'a sum of a number and a text',
    { rule: "self.a + 'x' == 'y'" },
    [
      '.rule: Invalid value: {"Rule":"self.a + \'x\' == \'y\'","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:8: found no matching overload for \'_+_\' applied to \'(int, string)\'\n | self.a + \'x\' == \'y\'\n | .......^',
    ],
  ],
  [
    'a number and nothing',
    { rule: 'self.a == null' },
    [
      '.rule: Invalid value: {"Rule":"self.a == null","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:8: found no matching overload for \'_==_\' applied to \'(int, null)\'\n | self.a == null\n | .......^',
    ],
  ],
  [
    'a pattern that is none',
    { rule: "self.b.matches('(')" },
    [
      '.rule: Invalid value: {"Rule":"self.b.matches(\'(\')","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:16: invalid matches argument\n | self.b.matches(\'(\')\n | ...............^',
    ],
  ],
  [
    'a message that is no text',
    { rule: 'self.a > 1', messageExpression: '1' },
    [
      '.messageExpression: Invalid value: {"Rule":"self.a \\u003e 1","Message":"","MessageExpression":"1","Reason":null,"FieldPath":"","OptionalOldSelf":null}: messageExpression must evaluate to a string',
    ],
  ],
  [
    'a message of what there is not',
    { rule: 'self.a > 1', messageExpression: "'a' + self.zz" },
    [
      '.messageExpression: Invalid value: {"Rule":"self.a \\u003e 1","Message":"","MessageExpression":"\'a\' + self.zz","Reason":null,"FieldPath":"","OptionalOldSelf":null}: messageExpression compilation failed: ERROR: <input>:1:11: undefined field \'zz\'\n | \'a\' + self.zz\n | ..........^',
    ],
  ],
  [
    'an old value that may be missing and is not used',
    { rule: 'self.a > 1', optionalOldSelf: true },
    ['.optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule'],
  ],
];
