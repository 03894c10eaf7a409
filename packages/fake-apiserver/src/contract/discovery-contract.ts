import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import {
  errorOf,
  GROUP,
  installCrd,
  widgetCrd,
  widgetVersion,
  eventually,
} from './contract-fixtures.ts';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

export function discoveryContract(connect: () => ContractClient): void {
  const options = { plural: 'sprockets', kind: 'Sprocket' };

  beforeAll(async () => {
    const v1 = widgetVersion(options);
    const versions = [
      { ...v1, name: 'v1alpha1', storage: false },
      { ...v1, name: 'v1' },
      { ...v1, name: 'v1beta1', storage: false },
      { ...v1, name: 'v0', storage: false, served: false },
    ];
    const crd = widgetCrd({ ...options, versions });
    const names = mapAt(mapAt(crd, 'spec'), 'names') ?? {};
    names['categories'] = ['all', 'machines'];
    await installCrd(connect(), crd);
  });

  it('answers 401 with a Status when the token is wrong', async () => {
    const { status, body } = await connect().request('GET', '/api/v1/namespaces', {
      token: 'wrong',
    });
    expect(status).toBe(401);
    expect(errorOf(body)).toMatchObject({ reason: 'Unauthorized', message: 'Unauthorized' });
  });

  it('says it is ready', async () => {
    for (const path of ['/readyz', '/livez', '/healthz']) {
      const { status, text } = await connect().request('GET', path);
      expect([path, status, text]).toEqual([path, 200, 'ok']);
    }
  });

  it('tells its version', async () => {
    const { body } = await connect().request('GET', '/version');
    expect(body).toMatchObject({
      major: '1',
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/) as unknown,
    });
  });

  it('answers 404 with a Status for what it does not serve', async () => {
    const paths = ['/apis/nobody.example.com/v1', '/apis/nobody.example.com/v1/things', '/nothing'];
    for (const path of paths) {
      expect((await connect().request('GET', path)).status).toBe(404);
    }
    const { body } = await connect().request('GET', '/api/v1/things');
    expect(errorOf(body)).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'NotFound',
      code: 404,
      message: 'the server could not find the requested resource',
    });
  });

  it('lists the versions of a group, best first', async () => {
    const { body } = await connect().request('GET', `/apis/${GROUP}`);
    const versions = ['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
      groupVersion: `${GROUP}/${version}`,
      version,
    }));
    expect(body).toMatchObject({
      kind: 'APIGroup',
      apiVersion: 'v1',
      name: GROUP,
      versions,
      preferredVersion: versions[0],
    });
  });

  it('describes a custom resource and its status in the legacy document', async () => {
    const { body } = await connect().request('GET', `/apis/${GROUP}/v1beta1`);
    expect(body).toMatchObject({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: `${GROUP}/v1beta1`,
    });
    const [main, status] = listAt(body, 'resources').filter(
      (item) => isMap(item) && stringAt(item, 'name')?.startsWith('sprockets') === true,
    );
    const { storageVersionHash: _hash, ...rest } = (main ?? {}) as JsonMap;
    const { verbs, ...described } = rest;
    expect(described).toEqual({
      name: 'sprockets',
      singularName: 'sprocket',
      namespaced: true,
      kind: 'Sprocket',
      shortNames: ['sprocketsx'],
      categories: ['all', 'machines'],
    });
    expect([...((verbs ?? []) as string[])].sort()).toEqual([
      'create',
      'delete',
      'deletecollection',
      'get',
      'list',
      'patch',
      'update',
      'watch',
    ]);
    expect(status).toEqual({
      name: 'sprockets/status',
      singularName: '',
      namespaced: true,
      kind: 'Sprocket',
      verbs: ['get', 'patch', 'update'],
    });
  });

  it('describes it in the aggregated document', async () => {
    const entry = await eventually(async () => {
      const { body } = await connect().request('GET', '/apis', { accept: AGGREGATED });
      expect(body).toMatchObject({
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
      });
      return listAt(body, 'items').find(
        (item) => isMap(item) && mapAt(item, 'metadata')?.['name'] === GROUP,
      );
    });
    const versions = listAt(entry as JsonMap, 'versions') as JsonMap[];
    expect(versions.map((version) => version['version'])).toEqual(['v1', 'v1beta1', 'v1alpha1']);
    const [v1] = versions;
    expect(v1?.['freshness']).toBe('Current');
    expect(listAt(v1, 'resources')).toContainEqual({
      resource: 'sprockets',
      responseKind: { group: GROUP, version: 'v1', kind: 'Sprocket' },
      scope: 'Namespaced',
      singularResource: 'sprocket',
      verbs: expect.arrayContaining(['list', 'watch']) as unknown,
      shortNames: ['sprocketsx'],
      categories: ['all', 'machines'],
      subresources: [
        {
          subresource: 'status',
          responseKind: { group: GROUP, version: 'v1', kind: 'Sprocket' },
          verbs: ['get', 'patch', 'update'],
        },
      ],
    });
  });

  it('has the core group in the aggregated document of /api', async () => {
    const { body } = await connect().request('GET', '/api', { accept: AGGREGATED });
    const [core] = listAt(body, 'items') as JsonMap[];
    const [v1] = listAt(core, 'versions') as JsonMap[];
    const found = listAt(v1, 'resources') as JsonMap[];
    const namespaces = found.find((item) => item['resource'] === 'namespaces');
    expect(namespaces).toMatchObject({
      responseKind: { group: '', version: '', kind: 'Namespace' },
      scope: 'Cluster',
      shortNames: ['ns'],
      singularResource: 'namespace',
    });
  });

  it('falls back to the legacy document for a client that knows no other', async () => {
    const { body } = await connect().request('GET', '/apis');
    expect(body).toMatchObject({ kind: 'APIGroupList', apiVersion: 'v1' });
    expect(body['groups']).toContainEqual(expect.objectContaining({ name: GROUP }));
  });

  it('gives the schema of a custom resource through OpenAPI v3', async () => {
    const document = await eventually(async () => {
      const { body } = await connect().request('GET', '/openapi/v3');
      const entry = mapAt(mapAt(body, 'paths'), `apis/${GROUP}/v1`);
      const url = entry?.['serverRelativeURL'];
      if (typeof url !== 'string') return undefined;
      const answer = await connect().request('GET', url);
      const schemas = mapAt(mapAt(answer.body, 'components'), 'schemas');
      return mapAt(schemas, 'com.example.contract.v1.Sprocket') === undefined
        ? undefined
        : answer.body;
    });
    const schemas = mapAt(mapAt(document, 'components'), 'schemas');
    const sprocket = mapAt(schemas, 'com.example.contract.v1.Sprocket');
    expect(sprocket?.['x-kubernetes-group-version-kind']).toEqual([
      { group: GROUP, kind: 'Sprocket', version: 'v1' },
    ]);
    const spec = mapAt(mapAt(sprocket, 'properties'), 'spec');
    expect(mapAt(spec, 'properties')).toMatchObject({ color: { type: 'string' } });
    const path = `/apis/${GROUP}/v1/namespaces/{namespace}/sprockets/{name}`;
    const patch = mapAt(mapAt(mapAt(document, 'paths'), path), 'patch');
    expect(patch?.['x-kubernetes-group-version-kind']).toEqual({
      group: GROUP,
      kind: 'Sprocket',
      version: 'v1',
    });
    expect(patch?.['parameters']).toContainEqual(
      expect.objectContaining({ name: 'fieldValidation', in: 'query' }),
    );
  });
}
