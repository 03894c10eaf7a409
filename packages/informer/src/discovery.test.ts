import { describe, expect, test } from 'vitest';
import { discover } from './discovery.ts';
import { refused } from './testing/fake-transport.ts';
import { TransportError } from './transport-error.ts';
import type { Transport, TransportRequest } from './transport.ts';

const never = new AbortController().signal;

/** Answers by path: a document, or a status. */
function transportOf(
  answers: Record<string, object | number | string>,
  asked: TransportRequest[] = [],
): Transport {
  return {
    server: 'http://fake.invalid',
    async request(request) {
      asked.push(request);
      if (request.signal.aborted) throw new TransportError('aborted', 'ended');
      const answer = answers[request.path];
      if (answer === undefined) throw refused;
      const status = typeof answer === 'number' ? answer : 200;
      const text = typeof answer === 'object' ? JSON.stringify(answer) : String(answer);
      return { status, headers: {}, text: async () => text, stream: (async function* () {})() };
    },
    async close() {},
  };
}

function aggregated(...items: object[]) {
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items };
}

const pods = {
  resource: 'pods',
  responseKind: { group: '', version: 'v1', kind: 'Pod' },
  scope: 'Namespaced',
  verbs: ['list', 'watch'],
  shortNames: ['po'],
  categories: ['all'],
  subresources: [{ subresource: 'status', verbs: ['get'] }],
};
const flag = {
  resource: 'flags',
  responseKind: { kind: 'Flag' },
  scope: 'Cluster',
  verbs: ['list'],
};

describe('aggregated discovery', () => {
  test('[I28] gives every served version, the best first and preferred, and asks as kubectl does', async () => {
    const asked: TransportRequest[] = [];
    const transport = transportOf(
      {
        '/api': aggregated({
          metadata: {},
          versions: [{ version: 'v1', resources: [pods], freshness: 'Current' }],
        }),
        '/apis': aggregated({
          metadata: { name: 'demo.example.io' },
          versions: [
            { version: 'v2', resources: [flag] },
            { version: 'v1', resources: [flag, { ...flag, resource: 'olds' }] },
          ],
        }),
      },
      asked,
    );
    const { resources, faults } = await discover({ transport, signal: never });
    expect(faults).toEqual([]);
    expect(resources[0]).toEqual({
      group: '',
      version: 'v1',
      resource: 'pods',
      kind: 'Pod',
      namespaced: true,
      verbs: ['list', 'watch'],
      shortNames: ['po'],
      categories: ['all'],
      preferred: true,
    });
    expect(
      resources.map((one) => [one.resource, one.version, one.preferred, one.namespaced]),
    ).toEqual([
      ['pods', 'v1', true, true],
      ['flags', 'v2', true, false],
      ['flags', 'v1', false, false],
      ['olds', 'v1', true, false],
    ]);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.headers?.['accept']).toMatch(
      /^application\/json;g=apidiscovery\.k8s\.io;v=v2;as=APIGroupDiscoveryList,/,
    );
  });

  test('[I28] an API service that does not answer is a fault, and the rest stands', async () => {
    const transport = transportOf({
      '/api': aggregated({ metadata: {}, versions: [{ version: 'v1', resources: [pods] }] }),
      '/apis': aggregated({
        metadata: { name: 'metrics.k8s.io' },
        versions: [{ version: 'v1beta1', freshness: 'Stale', resources: [] }],
      }),
    });
    const { resources, faults } = await discover({ transport, signal: never });
    expect(resources).toHaveLength(1);
    expect(faults).toMatchObject([
      {
        groupVersion: 'metrics.k8s.io/v1beta1',
        stage: 'discovery',
        remedy: 'See why with: kubectl get apiservice v1beta1.metrics.k8s.io',
      },
    ]);
  });
});

describe('legacy discovery', () => {
  test('[I28] is used where there is no other; one group that fails does not fail the rest', async () => {
    const transport = transportOf({
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/api/v1': {
        kind: 'APIResourceList',
        resources: [
          { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list'], shortNames: ['po'] },
          { name: 'pods/status', kind: 'Pod', namespaced: true, verbs: ['get'] },
        ],
      },
      '/apis': {
        kind: 'APIGroupList',
        groups: [
          {
            name: 'demo.example.io',
            preferredVersion: { groupVersion: 'demo.example.io/v2' },
            versions: [
              { groupVersion: 'demo.example.io/v1' },
              { groupVersion: 'demo.example.io/v2' },
            ],
          },
          { name: 'broken.io', versions: [{ groupVersion: 'broken.io/v1' }] },
        ],
      },
      '/apis/demo.example.io/v1': { resources: [{ name: 'flags', kind: 'Flag', verbs: ['list'] }] },
      '/apis/demo.example.io/v2': { resources: [{ name: 'flags', kind: 'Flag', verbs: ['list'] }] },
      '/apis/broken.io/v1': 503,
    });
    const { resources, faults } = await discover({ transport, signal: never });
    expect(
      resources.map(({ group, version, resource, preferred }) => [
        group,
        version,
        resource,
        preferred,
      ]),
    ).toEqual([
      ['', 'v1', 'pods', true],
      ['demo.example.io', 'v2', 'flags', true],
      ['demo.example.io', 'v1', 'flags', false],
    ]);
    expect(faults).toMatchObject([{ groupVersion: 'broken.io/v1', status: 503 }]);
  });
});

test('a server that cannot be reached is a fault, an abort is a rejection', async () => {
  const transport = transportOf({});
  const { resources, faults } = await discover({ transport, signal: never });
  expect(resources).toEqual([]);
  expect(faults).toMatchObject([
    { code: 'network', groupVersion: undefined },
    { code: 'network', groupVersion: undefined },
  ]);
  await expect(discover({ transport, signal: AbortSignal.abort() })).rejects.toThrow('ended');
});

test.each([[302], ['<html>Log in</html>'], ['{"kind":"APIGr']])(
  'a server that answers %j is no API server, and how to get to one is said',
  async (answer) => {
    const transport = transportOf({ '/api': answer, '/apis': answer });
    const { resources, faults } = await discover({ transport, signal: never });
    expect(resources).toEqual([]);
    const status = answer === 302 ? 302 : 200;
    expect(faults[0]).toMatchObject({
      code: 'bad-data',
      detail: `http://fake.invalid does not answer /api as a Kubernetes API server does (${status}).`,
      remedy: expect.stringContaining('log in'),
    });
  },
);

test('who may discover nothing is told what to ask for', async () => {
  const transport = transportOf({ '/api': 403, '/apis': 403 });
  const { faults } = await discover({ transport, signal: never });
  expect(faults[0]?.remedy).toContain('system:discovery');
});
