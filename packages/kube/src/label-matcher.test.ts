import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelMatcher } from './label-matcher.ts';
import { matchesLabels, type LabelRequirement } from './label-selector.ts';

const keys = fc.constantFrom('a', 'b', 'constructor');
const values = fc.constantFrom('', 'x', 'y', '1', '2', '-3', '007', '9223372036854775808');
const requirements: fc.Arbitrary<LabelRequirement> = fc.oneof(
  fc.record({
    key: keys,
    operator: fc.constantFrom('exists', '!exists'),
    values: fc.constant([]),
  }),
  fc.record({
    key: keys,
    operator: fc.constantFrom('=', '!=', '>', '<'),
    values: values.map((value) => [value]),
  }),
  fc.record({
    key: keys,
    operator: fc.constantFrom('in', 'notin'),
    values: fc.array(values, { minLength: 1, maxLength: 3 }),
  }),
);

describe('labelMatcher', () => {
  it('answers as matchesLabels does, whatever is asked of whatever labels', () => {
    fc.assert(
      fc.property(
        fc.array(requirements, { maxLength: 5 }),
        fc.array(fc.option(fc.dictionary(keys, values), { nil: undefined }), { maxLength: 8 }),
        (terms, all) => {
          const matches = labelMatcher({ requirements: terms });
          for (const labels of all) {
            expect(matches(labels)).toBe(matchesLabels({ requirements: terms }, labels));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('looks at labels alone, however long the selector is', () => {
    const terms = Array.from({ length: 1000 }, (_, n): LabelRequirement => {
      return { key: `k${n}`, operator: '!exists', values: [] };
    });
    let reads = 0;
    const labels = new Proxy<Record<string, string>>(
      { a: 'b' },
      {
        get(target, key: string) {
          reads += 1;
          return target[key];
        },
        getOwnPropertyDescriptor(target, key) {
          reads += 1;
          return Reflect.getOwnPropertyDescriptor(target, key);
        },
      },
    );
    expect(labelMatcher({ requirements: terms })(labels)).toBe(true);
    expect(reads).toBeLessThan(5);
  });
});
