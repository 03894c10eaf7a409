import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileJsonPath } from './json-path.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { parseJson } from './lossless-json.ts';

function evaluate(path: string, object: JsonValue): JsonValue[] | string {
  const result = compileJsonPath(path);
  return result.ok ? result.evaluate(object) : result.message;
}

const conditions = parseJson(`{"status": {"conditions": [
  {"type": "Ready", "status": "True", "n": 9007199254740993},
  {"type": "Synced", "status": "False", "n": 9007199254740992}]}}`);

describe('compileJsonPath', () => {
  it('filters lists by what their items hold', () => {
    expect(evaluate('.status.conditions[?(@.type=="Ready")].status', conditions)).toEqual(['True']);
    expect(evaluate(".status.conditions[?(@.type!='Ready')].type", conditions)).toEqual(['Synced']);
    expect(evaluate('{.status.conditions[?(@.n)].type}', conditions)).toEqual(['Ready', 'Synced']);
  });

  it('[I29] compares integers exactly', () => {
    expect(evaluate('..[?(@.n>@.m)].x', [{ n: 2, m: 1, x: 'y' }])).toEqual(['y']);
    const path = '.a[?(@.n > @.m)].x';
    const object = parseJson('{"a":[{"n":9007199254740993,"m":9007199254740992,"x":1}]}');
    expect(evaluate(path, object)).toEqual([1]);
  });

  it('finds a quoted key with dots as one key, else step by step as kubectl does', () => {
    expect(evaluate("['a.b']", { 'a.b': 1, a: { b: 2 } })).toEqual([1]);
    expect(evaluate("['a.b']", { a: { b: 2 } })).toEqual([2]);
    expect(evaluate(String.raw`.a\.b`, { 'a.b': 1, a: { b: 2 } })).toEqual([1]);
  });

  it('gives every match, in the order of the document', () => {
    expect(evaluate('..name', { name: 1, list: [{ name: 2 }, { x: { name: 3 } }] })).toEqual([
      1, 2, 3,
    ]);
    expect(evaluate("['a','b']", { b: 2, a: 1 })).toEqual([1, 2]);
    expect(evaluate('[0,-1]', [1, 2, 3])).toEqual([1, 3]);
  });

  it('takes no inherited property for a field', () => {
    expect(evaluate('.constructor', {})).toEqual([]);
    expect(evaluate('..__proto__', { a: [] })).toEqual([]);
    expect(evaluate('.list.length', { list: [1] })).toEqual([]);
  });

  it('says where a path cannot be read', () => {
    expect(evaluate('spec.a', {})).toContain('from character 0 on');
    expect(evaluate('.a[', {})).toContain('from character 2 on');
    expect(evaluate('.a[x]', {})).toContain('Found "x" in brackets');
    expect(evaluate('.a[?(@.b=~"c")]', {})).toContain('Cannot read the filter');
    expect(evaluate('....a', {})).toContain('twice in a row');
    expect(evaluate(`.${'a'.repeat(5000)}`, {})).toContain('longer than');
  });

  it('finds nothing rather than everything many times over', () => {
    const wide = { list: Array.from({ length: 500 }, (_, i) => ({ v: [i, i, i] })) };
    expect(evaluate('..*..*..*..*..*', wide)).toEqual([]);
    let deep: JsonValue = 1;
    for (let i = 0; i < 20_000; i += 1) {
      deep = [deep];
    }
    expect(evaluate('..x', deep)).toEqual([]);
  });

  it('looks at a bounded number of values: a table does so for each of its cells', () => {
    let looks = 0;
    const counted = () =>
      new Proxy<JsonObject>(
        { a: 1, b: 2 },
        {
          ownKeys(target) {
            looks += 1;
            return Reflect.ownKeys(target);
          },
        },
      );
    const wide = { list: Array.from({ length: 20_000 }, counted) };
    expect(evaluate('.list[*]..a', wide)).toEqual([]);
    expect(looks).toBeLessThan(50_000);
  });

  it('never throws, whatever the path', () => {
    const piece = fc.constantFrom(
      '.',
      '..',
      '[',
      ']',
      '?(',
      ')',
      '@',
      "'",
      '"',
      '*',
      ':',
      '-1',
      'a',
      '\\',
      '{',
      '}',
      '==',
      ',',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const result = evaluate(pieces.join(''), { a: [{ a: 1 }, 2], b: null });
        expect(['string', 'object']).toContain(typeof result);
      }),
    );
  });
});
