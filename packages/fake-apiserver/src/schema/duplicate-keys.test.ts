import { expect, it } from 'vitest';
import { parseJson } from '../json.ts';
import { duplicateKeys } from './duplicate-keys.ts';

function duplicatesIn(text: string): string[] {
  return duplicateKeys(text, parseJson(text));
}

it('finds keys that come again, however deep, once each', () => {
  expect(duplicatesIn('{"z":{"a b":1,"a b":2},"z":5,"z":6,"l":[[{"b":1,"b":1}]]}')).toEqual([
    'z.a b',
    'z',
    'l[0][0].b',
  ]);
});

it('takes an escaped key for what it says', () => {
  expect(duplicatesIn(String.raw`{"z":1,"\u007a":2}`)).toEqual(['z']);
});

it('finds nothing where every key comes once, whatever the spaces and the strings', () => {
  expect(
    duplicatesIn(String.raw`{ "a": "\"}{,\"a\":1", "b" : [ ] , "c":[1, {"a":null}], "d":{} }`),
  ).toEqual([]);
});
