import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDeepJson, stringifyDeepJson } from './deep-json.ts';
import { parseJson, stringifyJson } from './lossless-json.ts';
import { jsonValues } from './testing/arbitrary.ts';

it('[I29] gives what the reviver gives, whatever the strings hold', () => {
  fc.assert(
    fc.property(jsonValues, fc.boolean(), (value, spaced) => {
      const text = JSON.stringify({ lossy: value, 'n:"': 'n1.0' }, undefined, spaced ? 1 : 0);
      const source = text.replaceAll('"n1.0"', '[1.0, -0, 1E5, 12345678901234567890]');
      expect(stringifyJson(parseDeepJson(source))).toBe(stringifyJson(parseJson(source)));
    }),
    { numRuns: 300 },
  );
});

it('takes __proto__ for a plain key', () => {
  const value = parseDeepJson('{"__proto__":"s","a":{"__proto__":{"b":1.0}}}');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(stringifyJson(value)).toBe('{"__proto__":"s","a":{"__proto__":{"b":1.0}}}');
});

it('throws a SyntaxError for what is no JSON, numbers that are none included', () => {
  for (const text of ['{"a":1.2.3}', '[01]', '[1.]', '{"a":"\\', '[-]', '["a" "b"]']) {
    expect(() => parseDeepJson(text)).toThrow(SyntaxError);
  }
});

it('[I29] writes what JSON.stringify writes', () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      const mixed = [value, parseJson('[1.0, 12345678901234567890]'), {}, [], { gone: undefined }];
      expect(stringifyDeepJson(mixed)).toBe(JSON.stringify(mixed));
    }),
    { numRuns: 300 },
  );
});
