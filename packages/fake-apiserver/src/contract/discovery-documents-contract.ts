import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractRequest, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  CRDS,
  eventually,
  GROUP,
  installCrd,
  unique,
  widgetCrd,
} from './contract-fixtures.ts';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** The documents of discovery as documents: their forms, hashes, orders, and who else is refused. */
export function discoveryDocumentsContract(connect: () => ContractClient): void {
  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'cranks', kind: 'Crank' }));
  });

  const ask = (path: string, request: ContractRequest = {}): Promise<ContractResponse> =>
    connect().request('GET', path, request);

  it.each(['/api', '/apis'])('knows the aggregated document of %s by its hash', async (path) => {
    // While a real server is told of a new CRD the document changes of itself.
    await eventually(async () => {
      const first = await ask(path, { accept: AGGREGATED });
      expect(first.headers).toMatchObject({
        'content-type': AGGREGATED,
        'cache-control': 'public',
        vary: 'Accept',
        etag: expect.stringMatching(/^"[0-9A-F]{128}"$/) as unknown,
      });
      const ifNoneMatch = first.headers.etag ?? '';
      const again = await ask(path, { accept: AGGREGATED, ifNoneMatch });
      return again.status === 304 && again.text === '' ? true : undefined;
    });
    const other = await ask(path, { accept: AGGREGATED, ifNoneMatch: '"other"' });
    expect(other.status).toBe(200);
  });

  it('has another hash when another resource is served', async () => {
    const before = await ask('/apis', { accept: AGGREGATED });
    const plural = unique('bits').replace('-', '');
    await installCrd(connect(), widgetCrd({ plural, kind: `B${plural.slice(1)}` }));
    const ifNoneMatch = before.headers.etag ?? '';
    const after = await eventually(async () => {
      const answer = await ask('/apis', { accept: AGGREGATED, ifNoneMatch });
      return answer.status === 200 ? answer : undefined;
    });
    expect(after.headers.etag).not.toBe(before.headers.etag);
    await connect().request('DELETE', `${CRDS}/${plural}.${GROUP}`);
  });

  it.each([
    [`${AGGREGATED},application/json`, 'APIGroupDiscoveryList'],
    [`application/json,${AGGREGATED}`, 'APIGroupDiscoveryList'],
    [
      `application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json`,
      'APIGroupList',
    ],
    ['application/json', 'APIGroupList'],
    ['*/*', 'APIGroupList'],
  ])('gives for Accept: %s the %s', async (accept, kind) => {
    expect((await ask('/apis', { accept })).body['kind']).toBe(kind);
  });

  it.each([
    'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
    'application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList',
    'text/html',
  ])('answers 406 to Accept: %s', async (accept) => {
    for (const path of ['/api', '/apis']) {
      expect((await ask(path, { accept })).status).toBe(406);
    }
  });

  it('tells of its own groups in one order, and of others after them by name', async () => {
    const served = ['apps', 'batch', 'apiextensions.k8s.io', 'coordination.k8s.io', GROUP];
    const { body } = await ask('/apis');
    const legacy = listAt(body, 'groups').map((group) =>
      isMap(group) ? (stringAt(group, 'name') ?? '') : '',
    );
    expect(legacy.filter((group) => served.includes(group))).toEqual(served);
    const aggregated = await ask('/apis', { accept: AGGREGATED });
    const names = listAt(aggregated.body, 'items').map(
      (item) => ((item as JsonMap)['metadata'] as JsonMap)['name'],
    );
    expect(names).toEqual(legacy);
  });

  it('hashes the version in which a resource is stored', async () => {
    for (const [path, name, stored] of [
      [`/apis/${GROUP}/v1`, 'cranks', `${GROUP}/v1/Crank`],
      ['/api/v1', 'pods', '/v1/Pod'],
      ['/apis/apps/v1', 'deployments', 'apps/v1/Deployment'],
      [
        '/apis/apiextensions.k8s.io/v1',
        'customresourcedefinitions',
        'apiextensions.k8s.io/v1beta1/CustomResourceDefinition',
      ],
    ] as const) {
      const { body } = await ask(path);
      const found = listAt(body, 'resources').find(
        (resource) => isMap(resource) && resource['name'] === name,
      );
      const digest = createHash('sha256').update(stored).digest().subarray(0, 8);
      expect((found as JsonMap)['storageVersionHash']).toBe(digest.toString('base64'));
    }
  });

  it('hashes no version of what is not stored', async () => {
    const { body } = await ask('/apis/authorization.k8s.io/v1');
    expect(listAt(body, 'resources')).toContainEqual({
      name: 'selfsubjectaccessreviews',
      singularName: 'selfsubjectaccessreview',
      namespaced: false,
      kind: 'SelfSubjectAccessReview',
      verbs: ['create'],
    });
  });

  it('leaves the version of the document out in the oldest alone', async () => {
    expect((await ask('/api/v1')).body['apiVersion']).toBeUndefined();
    expect((await ask('/apis/apps/v1')).body['apiVersion']).toBe('v1');
    expect((await ask('/api')).body).toMatchObject({
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0' }],
    });
  });

  it('says with a Status what it lacks of its own groups, and in plain text of others', async () => {
    for (const path of [
      '/api/v2',
      '/apis/apps/v9',
      '/apis/apps/v9/deployments',
      '/api/v1/nothing',
    ]) {
      const { status, body } = await ask(path);
      expect([path, status, body['message']]).toEqual([
        path,
        404,
        'the server could not find the requested resource',
      ]);
    }
    for (const path of [`/apis/${GROUP}/v9`, `/apis/${GROUP}/v9/cranks`, '/apis/no.body', '/no']) {
      const { status, text } = await ask(path);
      expect([path, status, text]).toEqual([path, 404, '404 page not found\n']);
    }
  });

  it('tells its version to people, and to whoever asks', async () => {
    const { text, body } = await ask('/version', { token: '' });
    expect(text).toBe(JSON.stringify(body, undefined, 2));
    expect(Object.keys(body)).toEqual([
      'major',
      'minor',
      'emulationMajor',
      'emulationMinor',
      'minCompatibilityMajor',
      'minCompatibilityMinor',
      'gitVersion',
      'gitCommit',
      'gitTreeState',
      'buildDate',
      'goVersion',
      'compiler',
      'platform',
    ]);
  });

  it('tells of its health check by check', async () => {
    const statuses = await Promise.all(
      ['/readyz/ping', '/livez/ping', '/healthz/etcd', '/readyz/nothing'].map(
        async (path) => (await ask(path)).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 200, 404]);
    const { text } = await ask('/readyz?verbose');
    expect(text).toMatch(/^\[\+\]ping ok\n(?:\[\+\].* ok.*\n)*readyz check passed\n$/);
  });

  it.each([
    ['POST', '/api'],
    ['HEAD', '/api/v1'],
    ['DELETE', '/version'],
    ['PATCH', '/apis/apps/v1'],
    ['OPTIONS', '/api/v1/namespaces'],
    ['HEAD', '/api/v1/namespaces/default'],
    ['PUT', '/api/v1/namespaces'],
    ['POST', '/api/v1/namespaces/default'],
  ])('does not allow %s of %s', async (method, path) => {
    const { status, body } = await connect().request(method, path);
    expect([status, method === 'HEAD' ? 'MethodNotAllowed' : body['reason']]).toEqual([
      405,
      'MethodNotAllowed',
    ]);
  });

  it('answers HEAD of a custom resource as GET, without the body', async () => {
    const path = `/apis/${GROUP}/v1/namespaces/${await createNamespace(connect())}/cranks`;
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Crank', metadata: { name: 'one' } };
    await connect().request('POST', path, { body });
    const { status, text, headers } = await connect().request('HEAD', `${path}/one`);
    expect([status, text, headers['content-type']]).toEqual([200, '', 'application/json']);
    expect((await connect().request('HEAD', `${path}/none`)).status).toBe(404);
  });
}
