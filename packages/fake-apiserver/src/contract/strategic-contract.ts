import { beforeAll, beforeEach, expect, it } from 'vitest';
import { listAt, mapAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { createNamespace, metadataOf, unique } from './contract-fixtures.ts';

const STRATEGIC = 'application/strategic-merge-patch+json';

/** Strategic merge patches, by the strategies that Kubernetes' types declare. */
export function strategicContract(connect: () => ContractClient): void {
  let path = '';
  let url = '';

  beforeAll(async () => {
    path = `/apis/apps/v1/namespaces/${await createNamespace(connect())}/deployments`;
  });

  beforeEach(async () => {
    const name = unique('strategic');
    const labels = { app: 'x' };
    const container = (item: string): JsonMap => ({ name: item, image: `${item}:1` });
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels: { a: 'b', c: 'd' }, finalizers: ['x/a', 'x/b'] },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                ...container('one'),
                args: ['a', 'b'],
                ports: [{ containerPort: 80 }, { containerPort: 81, name: 'x' }],
                env: [
                  { name: 'A', value: '1' },
                  { name: 'B', value: '2' },
                ],
              },
              container('two'),
              container('three'),
            ],
            securityContext: { runAsUser: 0 },
            volumes: [{ name: 'v', emptyDir: {} }],
            tolerations: [{ key: 'a', operator: 'Exists' }],
          },
        },
      },
    };
    const created = await connect().request('POST', path, { body });
    if (created.status !== 201) throw new Error(`the Deployment was refused: ${created.text}`);
    url = `${path}/${name}`;
  });

  function patch(body: JsonMap): Promise<ContractResponse> {
    return connect().request('PATCH', url, { body, contentType: STRATEGIC });
  }

  const patchPod = (pod: JsonMap): Promise<ContractResponse> =>
    patch({ spec: { template: { spec: pod } } });

  function podOf({ body }: ContractResponse): JsonMap {
    return mapAt(mapAt(mapAt(body, 'spec'), 'template'), 'spec') ?? {};
  }

  function containersOf(answer: ContractResponse): JsonMap[] {
    return listAt(podOf(answer), 'containers') as JsonMap[];
  }

  const named = (...names: string[]): Json[] => names.map((name) => ({ name }));
  const fresh = { name: 'new', image: 'n' };

  const orders: [string, JsonMap, string[]][] = [
    [
      'puts a new item before those it leaves alone',
      { containers: [fresh] },
      ['new', 'one', 'two', 'three'],
    ],
    [
      'keeps the place of an item',
      { containers: [{ name: 'two', image: 'n' }] },
      ['one', 'two', 'three'],
    ],
    [
      'takes the order of the patch for the items in it',
      { containers: [fresh, { name: 'one', image: 'n' }] },
      ['new', 'one', 'two', 'three'],
    ],
    ['deletes an item', { containers: [{ name: 'two', $patch: 'delete' }] }, ['one', 'three']],
    ['replaces a list', { containers: [{ $patch: 'replace' }, fresh] }, ['new']],
    [
      'takes the order it is told',
      { '$setElementOrder/containers': named('three', 'one', 'two') },
      ['three', 'one', 'two'],
    ],
    [
      'takes the order it is told for new items too',
      { '$setElementOrder/containers': named('three', 'new', 'one', 'two'), containers: [fresh] },
      ['three', 'new', 'one', 'two'],
    ],
    [
      'puts what an order leaves out where it was',
      {
        '$setElementOrder/containers': named('two', 'one'),
        containers: [{ name: 'three', $patch: 'delete' }],
      },
      ['two', 'one'],
    ],
  ];
  it.each(orders)('%s', async (_title, pod, names) => {
    const answer = await patchPod(pod);
    expect([answer.status, containersOf(answer).map(({ name }) => name)]).toEqual([200, names]);
  });

  it('merges by the key that each list declares, and replaces the others', async () => {
    const answer = await patchPod({
      containers: [
        {
          name: 'one',
          args: ['c'],
          env: [{ name: 'B', value: 'x' }],
          ports: [{ containerPort: 81, name: 'y' }],
        },
      ],
      tolerations: [{ key: 'b', operator: 'Exists' }],
    });
    const [one] = containersOf(answer);
    expect(one).toMatchObject({
      image: 'one:1',
      args: ['c'],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: 'x' },
      ],
      ports: [
        { containerPort: 80, protocol: 'TCP' },
        { containerPort: 81, protocol: 'TCP', name: 'y' },
      ],
    });
    expect(podOf(answer)['tolerations']).toEqual([{ key: 'b', operator: 'Exists' }]);
  });

  const sameKey: [string, JsonMap[], string[]][] = [
    ['deletes every item that has the key', [{ port: 80, $patch: 'delete' }], ['c']],
    [
      'deletes before it adds',
      [
        { port: 80, name: 'n' },
        { port: 80, $patch: 'delete' },
      ],
      ['n', 'c'],
    ],
    ['changes the first item that has the key', [{ port: 80, name: 'n' }], ['n', 'b', 'c']],
    ['puts items of one key side by side', [{ port: 9, $patch: 'delete' }], ['a', 'b', 'c']],
  ];
  it.each(sameKey)('%s of several', async (_title, change, names) => {
    const services = path.replace('/apis/apps/v1', '/api/v1').replace('deployments', 'services');
    const name = unique('strategic');
    const ports = [
      { name: 'a', port: 80 },
      { name: 'c', port: 81 },
      { name: 'b', port: 80, protocol: 'UDP' },
    ];
    await connect().request('POST', services, {
      body: { metadata: { name }, spec: { selector: { app: 'x' }, ports } },
    });
    const { body } = await connect().request('PATCH', `${services}/${name}`, {
      body: { spec: { ports: change } },
      contentType: STRATEGIC,
    });
    const after = listAt(mapAt(body, 'spec'), 'ports') as JsonMap[];
    expect(after.map((port) => port['name'])).toEqual(names);
  });

  it('merges sets of texts, and takes items out of them', async () => {
    const added = await patch({ metadata: { finalizers: ['x/c'] } });
    expect(metadataOf(added.body)['finalizers']).toEqual(['x/c', 'x/a', 'x/b']);
    const removed = await patch({ metadata: { '$deleteFromPrimitiveList/finalizers': ['x/a'] } });
    expect(metadataOf(removed.body)['finalizers']).toEqual(['x/c', 'x/b']);
  });

  it('replaces, deletes and thins out maps', async () => {
    const labels = async (change: JsonMap): Promise<Json | undefined> =>
      metadataOf((await patch({ metadata: { labels: change } })).body)['labels'];
    expect(await labels({ a: null, e: 'f' })).toEqual({ c: 'd', e: 'f' });
    expect(await labels({ $retainKeys: ['c', 'n'], n: 'm' })).toEqual({ c: 'd', n: 'm' });
    expect(await labels({ $patch: 'replace', z: 'z' })).toEqual({ z: 'z' });
    expect(await labels({ $patch: 'delete' })).toBeUndefined();
  });

  it('drops the keys of a struct that a patch does not retain', async () => {
    const { body } = await patch({
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
    });
    expect(mapAt(body, 'spec')?.['strategy']).toEqual({ type: 'Recreate' });
  });

  it('leaves the type of the object alone', async () => {
    const { status, body } = await patch({ kind: 'Other', apiVersion: 'x/v1' });
    expect([status, body['kind'], body['apiVersion']]).toEqual([200, 'Deployment', 'apps/v1']);
  });

  const refusals: [JsonMap, number, string][] = [
    [
      { containers: [{ image: 'x' }] },
      500,
      'map: map[image:x] does not contain declared merge key: name',
    ],
    [
      { containers: [{ name: 'one', $patch: 'bogus' }] },
      500,
      'unknown patch type: bogus in map: map[$patch:bogus name:one]',
    ],
    [{ $patch: 'bogus' }, 500, 'unknown patch type: bogus in map: map[$patch:bogus]'],
    [{ '$setElementOrder/containers': 1 }, 500, 'expected a []interface {}, but received a int64'],
    [
      { '$setElementOrder/containers': named('three', 'one'), containers: [fresh] },
      500,
      "The order in patch list:\n[map[image:n name:new]]\n doesn't match $setElementOrder list:\n[map[name:three] map[name:one]]\n",
    ],
    [
      { securityContext: { $retainKeys: ['a'], runAsUser: 1 } },
      400,
      'invalid patch format of retainKeys',
    ],
  ];
  it.each(refusals)('refuses %o', async (pod, code, message) => {
    const { status, body } = await patchPod(pod);
    expect([status, body['message']]).toEqual([code, message]);
  });

  it('says why it cannot read a patch', async () => {
    const { status, body } = await connect().request('PATCH', url, {
      body: '{',
      contentType: STRATEGIC,
    });
    expect([status, body['message']]).toEqual([400, 'unexpected end of JSON input']);
  });
}
