import { expect, test } from 'vitest';
import { sortManagedFields } from './managed-fields-order.ts';

test('the entries of managedFields are sorted in YAML, and nothing else is', () => {
  const yaml = (...managers: string[]): string =>
    [
      'metadata:',
      '  managedFields:',
      ...managers.flatMap(entry),
      '  name: z',
      'spec:',
      '- b',
      '- a',
    ].join('\n');
  const entry = (manager: string): string[] => ['  - apiVersion: v1', `    manager: ${manager}`];
  expect(sortManagedFields(yaml('b', 'a'))).toBe(yaml('a', 'b'));
});

test('they are sorted in indented JSON', () => {
  const json = (...managers: string[]): string =>
    JSON.stringify(
      {
        managedFields: managers.map((manager) => ({ fieldsV1: { a: {} }, manager })),
        spec: ['b', 'a'],
      },
      undefined,
      2,
    );
  expect(sortManagedFields(json('b', 'c', 'a'))).toBe(json('a', 'b', 'c'));
});

test('text without them is left alone', () => {
  expect(sortManagedFields('a\n  b\n')).toBe('a\n  b\n');
});
