import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import {
  isLosslessNumber,
  jsonEquals,
  numberText,
  parseJson,
  stringifyJson,
} from './lossless-json.ts';
import { jsonValues, texts } from './testing/arbitrary.ts';

const lossy = ['1795351674012986412', '0.10', '1e400', '1.0', '-0', '1E5', '0.1e1', '-0.0'];

/** Number literals of every shape that JSON allows. */
const literals = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,25}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,20}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map((parts) => parts.join(''));

describe('parseJson', () => {
  it('[I29] keeps the digits that a double would lose', () => {
    for (const source of lossy) {
      const value = parseJson(`{"n":${source}}`);
      expect(stringifyJson(value)).toBe(`{"n":${source}}`);
      expect(isLosslessNumber((value as { n: JsonValue }).n)).toBe(true);
    }
  });

  it('[I29] leaves numbers that a double gives back as written', () => {
    for (const source of ['0', '5', '-17', '0.5', '9007199254740991', '1e+21', '5e-324']) {
      expect(parseJson(source)).toBe(Number(source));
    }
  });

  it('[I29] writes every number as it was read, wherever it stands', () => {
    const blank = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ');
    fc.assert(
      fc.property(fc.array(literals, { minLength: 1 }), texts, blank, (numbers, text, space) => {
        const list = numbers.map((n) => `${space}${n}${space}`).join(',');
        const source = `{${JSON.stringify(text)}${space}:${space}[${list}],"last":${numbers[0]}}`;
        const compact = `{${JSON.stringify(text)}:[${numbers.join(',')}],"last":${numbers[0]}}`;
        fc.pre(text !== 'last');
        expect(stringifyJson(parseJson(source))).toBe(compact);
      }),
      { numRuns: 500 },
    );
  });

  it('gives what JSON.parse gives where no number is lossy, whatever strings hold', () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
    const tricky = '{"a":"x: 1.50, 2","b":"[0.10]","c":"nginx:1.0"}';
    expect(parseJson(tricky)).toEqual(JSON.parse(tricky));
  });

  it('takes __proto__ for a plain key', () => {
    const value = parseJson('{"__proto__":{"a":1.0}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(stringifyJson(value)).toBe('{"__proto__":{"a":1.0}}');
  });

  it('[I29] reads thousands of nested levels beside a lossy number', () => {
    const depth = 9000;
    const text = `{"n":12345678901234567890,"s":"n1","deep":${'['.repeat(depth)}1.0${']'.repeat(depth)}}`;
    const value = parseJson(text) as Record<string, JsonValue>;
    expect(stringifyJson(value['n'] ?? null)).toBe('12345678901234567890');
    expect(value['s']).toBe('n1');
    let deepest = value['deep'];
    while (Array.isArray(deepest)) {
      [deepest] = deepest as JsonValue[];
    }
    expect(stringifyJson(deepest ?? null)).toBe('1.0');
    expect(stringifyJson(value)).toBe(text);
  });

  it('throws a SyntaxError for what is no JSON, with lossy numbers or without', () => {
    expect(() => parseJson('{"a":1.0')).toThrow(SyntaxError);
    expect(() => parseJson('nope')).toThrow(SyntaxError);
  });

  it('scans a long run of digits in linear time', () => {
    const digits = '1'.repeat(200_000);
    expect(stringifyJson(parseJson(`[${digits}]`))).toBe(`[${digits}]`);
    expect(parseJson(`["${'1,'.repeat(100_000)}"]`)).toHaveLength(1);
  });
});

describe('numberText', () => {
  it('[I29] gives the digits as the server wrote them', () => {
    expect(numberText(3)).toBe('3');
    expect(lossy.map((source) => numberText(parseJson(source) as number))).toEqual(lossy);
  });
});

describe('jsonEquals', () => {
  it('[I29] tells apart numbers that one double stands for', () => {
    expect(jsonEquals(parseJson('9007199254740993'), parseJson('9007199254740992'))).toBe(false);
    expect(jsonEquals(parseJson('[1.0]'), parseJson('[1]'))).toBe(false);
    expect(jsonEquals(parseJson('[0.10]'), parseJson('[0.10]'))).toBe(true);
  });

  it('looks past the order of keys and past keys without a value, not past null', () => {
    expect(jsonEquals({ a: 1, b: [{}] }, { b: [{}], a: 1 })).toBe(true);
    expect(jsonEquals({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(jsonEquals({ a: null }, {})).toBe(false);
    expect(jsonEquals({ toString: 1 }, { valueOf: 1 })).toBe(false);
    expect(jsonEquals([], {})).toBe(false);
  });

  it('agrees with what is written', () => {
    fc.assert(
      fc.property(jsonValues, jsonValues, (a, b) => {
        expect(jsonEquals(a, parseJson(stringifyJson(a)))).toBe(true);
        expect(jsonEquals(a, b)).toBe(jsonEquals(b, a));
      }),
    );
  });
});
