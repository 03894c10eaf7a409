import { expect, test } from 'vitest';
import { normalise } from './normalise.ts';

const plain = (text: string): string => normalise(text, []);

test('uids, versions, times and generated names are taken out of YAML', () => {
  const yaml = (uid: string, version: string, time: string, suffix: string): string =>
    `metadata:\n  creationTimestamp: "${time}"\n  name: generated-${suffix}\n` +
    `  resourceVersion: "${version}"\n  uid: ${uid}\n`;
  expect(
    plain(yaml('0f8fad5b-d9cb-469f-a165-70867728950e', '12', '2026-01-01T00:00:00Z', 'x7k2m')),
  ).toBe(
    plain(
      yaml('7c9e6679-7425-40de-944b-e07fc1f90ae7', '10004', '2026-01-02T10:00:09.123456Z', 'bbbbb'),
    ),
  );
});

test('ages and the widths of columns are taken out of a table', () => {
  expect(plain('NAME   AGE   IP\na      3s    <none>\n')).toBe(
    plain('NAME   AGE     IP\na      2m13s   <none>\n'),
  );
});

test('a quantity in YAML is no age', () => {
  expect(plain('      cpu: 100m\n')).toBe('      cpu: 100m\n');
});

test('the indentation of a line is kept', () => {
  expect(plain('Spec:\n    Size:    small\n')).toBe('Spec:\n    Size:  small\n');
});

test('the address is taken out in its longest form', () => {
  const addresses = ['http://127.0.0.1:80/token/t', 'http://127.0.0.1:80', '127.0.0.1:80'];
  expect(normalise('at http://127.0.0.1:80/token/t: dial 127.0.0.1:80', addresses)).toBe(
    normalise('at https://127.0.0.1:90: dial 127.0.0.1:90', [
      'https://127.0.0.1:90',
      '127.0.0.1:90',
    ]),
  );
});

test('several mistakes may come in any order', () => {
  expect(plain('is invalid:\n* a\n* b\nexit 1\n')).toBe(plain('is invalid:\n* b\n* a\nexit 1\n'));
});
