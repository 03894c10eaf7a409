import { beforeAll, expect, it } from 'vitest';
import { mapAt, type JsonMap } from '../json.ts';
import { ownersOf, useBags, type Bags } from './contract-bags.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { unique } from './contract-fixtures.ts';

const MERGE = 'application/merge-patch+json';
const APPLY = 'application/apply-patch+yaml';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';

/** Keys that mean something to the language a server may be written in are data like any other. */
export function unusualKeysContract(connect: () => ContractClient): void {
  const bags: Bags = useBags(connect);
  let configMap = '';

  beforeAll(async () => {
    const name = unique('keys');
    const body = `{"metadata":{"name":"${name}"},"data":{"__proto__":"a","constructor":"b"},"binaryData":{"toString":"YQ=="}}`;
    const created = await connect().request('POST', bags.configMaps, { body });
    if (created.status !== 201) throw new Error(`the ConfigMap was refused: ${created.text}`);
    configMap = `${bags.configMaps}/${name}`;
  });

  function patch(url: string, contentType: string, body: string): Promise<ContractResponse> {
    return connect().request('PATCH', `${url}?fieldManager=m`, { body, contentType });
  }

  const freeOf = ({ body }: ContractResponse): unknown => mapAt(body, 'spec')?.['free'];
  const free = (text: string): string => `{"spec":{"free":${text}}}`;
  const ownedFree = (object: JsonMap, manager: string): unknown =>
    mapAt(ownersOf(object)[manager] as JsonMap | undefined, 'f:spec')?.['f:free'];

  // Compared with what JSON says: an object literal's __proto__ would be its prototype.
  const read = (text: string): unknown => JSON.parse(text);

  it('stores them by a merge patch, into nothing and into what is there', async () => {
    const { url } = await bags.created('{}');
    const first = await patch(url, MERGE, free('{"__proto__":{"a":"b"},"constructor":{"c":1}}'));
    expect(freeOf(first)).toEqual(read('{"__proto__":{"a":"b"},"constructor":{"c":1}}'));
    const second = await patch(url, MERGE, free('{"__proto__":{"d":"e"},"toString":1}'));
    expect(freeOf(second)).toEqual(
      read('{"__proto__":{"a":"b","d":"e"},"constructor":{"c":1},"toString":1}'),
    );
    expect(ownedFree(second.body, 'm')).toEqual(
      read(
        '{".":{},"f:__proto__":{".":{},"f:a":{},"f:d":{}},"f:constructor":{".":{},"f:c":{}},"f:toString":{}}',
      ),
    );
    const third = await patch(url, MERGE, free('{"__proto__":null,"constructor":null}'));
    expect(freeOf(third)).toEqual({ toString: 1 });
    expect(ownedFree(third.body, 'm')).toEqual({ '.': {}, 'f:toString': {} });
  });

  it('stores them by an apply, and drops them when they are said no more', async () => {
    const name = unique('bag');
    const apply = (spec: string): Promise<ContractResponse> =>
      patch(`${bags.path}/${name}`, APPLY, bags.text(name, spec));
    const first = await apply('{"free":{"__proto__":{"a":"b"},"toString":1}}');
    expect([first.status, freeOf(first)]).toEqual([
      201,
      read('{"__proto__":{"a":"b"},"toString":1}'),
    ]);
    const second = await apply('{"free":{"__proto__":{"c":"d"},"constructor":1}}');
    expect(freeOf(second)).toEqual(read('{"__proto__":{"c":"d"},"constructor":1}'));
  });

  it('stores them by a JSON patch', async () => {
    const { url } = await bags.created('{"free":{"a":1}}');
    const answer = await patch(
      url,
      JSON_PATCH,
      `[{"op":"add","path":"/spec/free/__proto__","value":{"b":1}},
        {"op":"add","path":"/spec/free/__proto__/c","value":2},
        {"op":"replace","path":"/spec/free/constructor","value":3},
        {"op":"copy","from":"/spec/free/__proto__","path":"/spec/free/toString"}]`,
    );
    expect(freeOf(answer)).toEqual(
      read('{"a":1,"__proto__":{"b":1,"c":2},"constructor":3,"toString":{"b":1,"c":2}}'),
    );
  });

  it('stores them by a strategic merge patch', async () => {
    const changed = await patch(configMap, STRATEGIC, '{"data":{"__proto__":"c","toString":null}}');
    expect(changed.body['data']).toEqual(read('{"__proto__":"c","constructor":"b"}'));
    const unknown = await patch(configMap, STRATEGIC, '{"__proto__":{"kept":"no"}}');
    expect([unknown.status, unknown.body['kept']]).toEqual([200, undefined]);
    const fresh = await connect().request('GET', configMap);
    expect(fresh.body['kept']).toBeUndefined();
  });

  it('keeps them in a Secret that is written as text', async () => {
    const body = `{"metadata":{"name":"${unique('keys')}"},"stringData":{"__proto__":"a","constructor":"b"}}`;
    const answer = await connect().request('POST', bags.secrets, { body });
    expect(answer.body['data']).toEqual(read('{"__proto__":"YQ==","constructor":"Yg=="}'));
  });

  it('misses a required field that every object of a language inherits', async () => {
    const answer = await bags.create('{"strict":{}}');
    expect([answer.status, answer.body['message']]).toEqual([
      422,
      expect.stringMatching(/spec\.strict\.constructor: Required value$/),
    ]);
  });

  it('does not read managed fields whose path is none', async () => {
    const { url, object } = await bags.created('{"free":{"a":1}}');
    const entry = `{"manager":"x","operation":"Update","apiVersion":"${bags.apiVersion}","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"__proto__":{}}}}`;
    const { body } = await patch(url, MERGE, `{"metadata":{"managedFields":[${entry}]}}`);
    expect(ownersOf(body)).toEqual(ownersOf(object));
  });
}
