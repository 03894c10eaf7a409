import { expect, test } from 'vitest';
import { compare } from './comparison.ts';
import type { ExceptionName } from './exceptions.ts';

function compared(ours: string, theirs: string, except?: ExceptionName): readonly [string, string] {
  const step = { command: 'get', ...(except === undefined ? {} : { except }) };
  const { embedded, real } = compare([{ step, text: ours }], [{ step, text: theirs }]);
  return [embedded, real];
}

test('without an exception every line counts', () => {
  const [embedded, real] = compared('a\nb\n', 'a\nc\n');
  expect(embedded).not.toBe(real);
});

test('of more kinds the embedded ones must be among the real ones', () => {
  const [embedded, real] = compared('a\nb\n', 'a\nmore\nb\n', 'kinds');
  expect(embedded).toBe(real);
  const [wrong, right] = compared('a\nunknown\n', 'a\nmore\nb\n', 'kinds');
  expect(wrong).not.toBe(right);
});

test('lines that differ on purpose are left out, and others are not', () => {
  const [embedded, real] = compared(
    'Server Version: 1+e\nx\n',
    'Server Version: 1\nx\n',
    'version',
  );
  expect(embedded).toBe(real);
  const [wrong, right] = compared('Server Version: 1+e\nx\n', 'Server Version: 1\ny\n', 'version');
  expect(wrong).not.toBe(right);
});

test('keys in another order are the same, and other values are not', () => {
  const [embedded, real] = compared('{"a":1,"b":{"c":2}}', '{"b":{"c":2},"a":1}', 'order');
  expect(embedded).toBe(real);
  const [wrong, right] = compared('{"a":1,"b":3}', '{"b":2,"a":1}', 'order');
  expect(wrong).not.toBe(right);
});

test('an exception that makes no difference is a mistake', () => {
  const [embedded, real] = compared('a\n', 'a\n', 'version');
  expect(embedded).not.toBe(real);
});
