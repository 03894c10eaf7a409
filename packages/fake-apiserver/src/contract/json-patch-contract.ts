import { beforeEach, expect, it } from 'vitest';
import { mapAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { GROUP, metadataOf } from './contract-fixtures.ts';
import { useMotors } from './contract-motors.ts';

const JSON_PATCH = 'application/json-patch+json';
const MERGE = 'application/merge-patch+json';

/** JSON patches (RFC 6902, as Kubernetes' library has it) and merge patches (RFC 7396). */
export function jsonPatchContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);
  let url = '';

  beforeEach(async () => {
    const parts = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    url = motors.urlOf(await motors.created({ spec: { size: 1, parts } }));
  });

  function patch(
    body: readonly Json[] | JsonMap | string,
    type = JSON_PATCH,
  ): Promise<ContractResponse> {
    return connect().request('PATCH', url, { body, contentType: type });
  }

  const namesAfter = ({ body }: ContractResponse): Json[] =>
    ((mapAt(body, 'spec')?.['parts'] ?? []) as JsonMap[]).map((part) => part['name'] ?? null);

  const lists: [string, JsonMap, string[]][] = [
    [
      'adds at the end',
      { op: 'add', path: '/spec/parts/-', value: { name: 'n' } },
      ['a', 'b', 'c', 'n'],
    ],
    [
      'adds at an index',
      { op: 'add', path: '/spec/parts/1', value: { name: 'n' } },
      ['a', 'n', 'b', 'c'],
    ],
    [
      'adds at the length',
      { op: 'add', path: '/spec/parts/3', value: { name: 'n' } },
      ['a', 'b', 'c', 'n'],
    ],
    ['removes from the end', { op: 'remove', path: '/spec/parts/-1' }, ['a', 'b']],
    ['reads an index with zeros before it', { op: 'remove', path: '/spec/parts/01' }, ['a', 'c']],
    [
      'replaces an item',
      { op: 'replace', path: '/spec/parts/0', value: { name: 'n' } },
      ['n', 'b', 'c'],
    ],
    [
      'moves an item',
      { op: 'move', from: '/spec/parts/0', path: '/spec/parts/2' },
      ['b', 'c', 'a'],
    ],
  ];
  it.each(lists)('%s of a list', async (_title, operation, names) => {
    const answer = await patch([operation]);
    expect([answer.status, namesAfter(answer)]).toEqual([200, names]);
  });

  it('replaces and copies what is not there, and takes it for null in a test', async () => {
    const answer = await patch([
      { op: 'test', path: '/spec/color', value: null },
      { op: 'test', path: '/spec/color' },
      { op: 'replace', path: '/spec/color', value: 'red' },
      { op: 'copy', from: '/spec/nothing', path: '/spec/size' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body['spec']).toMatchObject({ color: 'red' });
    expect(mapAt(answer.body, 'spec')?.['size']).toBeUndefined();
  });

  it('reads the escapes of a path', async () => {
    const { body } = await patch([
      { op: 'add', path: '/metadata/labels', value: {} },
      { op: 'add', path: '/metadata/labels/a~1b', value: 'c' },
    ]);
    expect(metadataOf(body)['labels']).toEqual({ 'a/b': 'c' });
  });

  const refusals: JsonMap[] = [
    { op: 'remove', path: '/spec/nothing' },
    { op: 'add', path: '/spec/nothing/x', value: 1 },
    { op: 'replace', path: '/spec/nothing/x', value: 1 },
    { op: 'test', path: '/spec/nothing/x', value: null },
    { op: 'test', path: '/spec/size', value: '1' },
    { op: 'test', path: '/spec/size' },
    { op: 'add', path: '/spec/parts/4', value: {} },
    { op: 'add', path: '/spec/parts/x', value: {} },
    { op: 'remove', path: '/spec/parts/3' },
    { op: 'remove', path: '/spec/parts/-4' },
    { op: 'replace', path: '/spec/parts/-', value: {} },
    { op: 'move', from: '/spec/nothing', path: '/spec/size' },
    { op: 'move', path: '/spec/size' },
    { op: 'add', path: 'spec', value: {} },
    { op: 'add', path: '', value: 1 },
    { op: 'nonsense', path: '/spec' },
    { path: '/spec' },
  ];
  it.each(refusals)('refuses %o', async (operation) => {
    const { status, body } = await patch([operation]);
    expect([status, body['reason'], body['message']]).toEqual([
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    ]);
  });

  const unreadable: [string, string, string][] = [
    [JSON_PATCH, '{', 'error decoding patch: unexpected end of JSON input'],
    [
      JSON_PATCH,
      '{}',
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      JSON_PATCH,
      '[5]',
      'error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp',
    ],
    [
      JSON_PATCH,
      '[{"op":5}]',
      'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string',
    ],
    [MERGE, 'a: b', "error decoding patch: invalid character 'a' looking for beginning of value"],
    [
      MERGE,
      '[]',
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [MERGE, 'null', 'Invalid JSON Patch'],
  ];
  it.each(unreadable)('says why it cannot read the %s %s', async (type, text, message) => {
    const { status, body } = await patch(text, type);
    expect([status, body['message']]).toEqual([400, message]);
  });

  it('bounds the number of operations', async () => {
    const operation = { op: 'test', path: '/kind', value: 'Motor' };
    const { status, body } = await patch(Array.from({ length: 10_001 }, () => operation));
    expect([status, body['reason'], body['message']]).toEqual([
      413,
      'RequestEntityTooLarge',
      'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    ]);
  });

  it('bounds what is copied', async () => {
    const copies = (count: number): Promise<ContractResponse> =>
      patch([
        { op: 'add', path: '/metadata/annotations', value: { big: 'x'.repeat(100_000) } },
        ...Array.from({ length: count }, () => ({
          op: 'copy',
          from: '/metadata/annotations/big',
          path: '/metadata/annotations/copy',
        })),
      ]);
    expect((await copies(31)).status).toBe(200);
    expect((await copies(32)).status).toBe(422);
  });

  it('refuses a document that doubles with every operation', async () => {
    const { status, body } = await patch(
      Array.from({ length: 40 }, (_, n) => ({ op: 'copy', from: '/spec', path: `/spec/k${n}` })),
    );
    expect([status, body['reason'], body['message']]).toEqual([
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    ]);
  });

  it('takes a patch of nothing for no patch', async () => {
    expect((await patch('null')).status).toBe(200);
    expect((await patch([])).status).toBe(200);
    expect((await patch({}, MERGE)).status).toBe(200);
  });

  it('shows what a patch made of an object that it cannot read', async () => {
    const { status, body } = await patch({ metadata: { labels: { a: 5 } } }, MERGE);
    expect([status, body['reason']]).toEqual([422, 'Invalid']);
    expect(body['message']).toMatch(/^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":/);
    expect(body['message']).toMatch(
      /: json: cannot unmarshal number into Go struct field ObjectMeta\.labels of type string$/,
    );
  });

  it('refuses a patch that makes another object', async () => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    const cases: [JsonMap, number, string][] = [
      [
        { metadata: { name: 'b' } },
        400,
        `the name of the object (b) does not match the name on the URL (${name})`,
      ],
      [
        { metadata: { name: null } },
        400,
        `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
      ],
      [
        { metadata: { namespace: 'x' } },
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        { kind: 'Other' },
        422,
        `Other.${GROUP} "${name}" is invalid: kind: Invalid value: "Other": must be Motor`,
      ],
      [
        { apiVersion: 'x/v1' },
        422,
        `Motor.x "${name}" is invalid: apiVersion: Invalid value: "x/v1": must be ${GROUP}/v1`,
      ],
      [
        { metadata: { resourceVersion: null } },
        422,
        `motors.${GROUP} "${name}" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update`,
      ],
    ];
    for (const [change, code, message] of cases) {
      const { status, body } = await patch(change, MERGE);
      expect([status, body['message']]).toEqual([code, message]);
    }
  });
}
