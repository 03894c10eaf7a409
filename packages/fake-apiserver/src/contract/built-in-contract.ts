import { expect, it } from 'vitest';
import { listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';

const AUTHORIZATION = '/apis/authorization.k8s.io/v1';

/** What the API says of built-in kinds, and of those who ask. */
export function builtInContract(connect: () => ContractClient): void {
  async function schemasOf(groupVersion: string): Promise<JsonMap> {
    const index = await connect().request('GET', '/openapi/v3');
    const entry = mapAt(mapAt(index.body, 'paths'), groupVersion);
    const url = stringAt(entry, 'serverRelativeURL') ?? '';
    const { body, headers } = await connect().request('GET', url);
    expect(headers['cache-control']).toBe('public, immutable');
    return body;
  }

  it('describes built-in kinds in OpenAPI v3, with what patches merge by', async () => {
    const document = await schemasOf('apis/apps/v1');
    const schemas = mapAt(mapAt(document, 'components'), 'schemas');
    const deployment = mapAt(schemas, 'io.k8s.api.apps.v1.Deployment');
    expect(deployment?.['description']).toBe(
      'Deployment enables declarative updates for Pods and ReplicaSets.',
    );
    expect(deployment?.['x-kubernetes-group-version-kind']).toEqual([
      { group: 'apps', kind: 'Deployment', version: 'v1' },
    ]);
    const podSpec = mapAt(schemas, 'io.k8s.api.core.v1.PodSpec');
    expect(mapAt(mapAt(podSpec, 'properties'), 'containers')).toMatchObject({
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-patch-merge-key': 'name',
    });
    expect(listAt(podSpec, 'required')).toEqual(['containers']);
    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}';
    const patch = mapAt(mapAt(mapAt(document, 'paths'), path), 'patch');
    expect(patch?.['x-kubernetes-group-version-kind']).toEqual({
      group: 'apps',
      kind: 'Deployment',
      version: 'v1',
    });
    expect(Object.keys(mapAt(mapAt(patch, 'requestBody'), 'content') ?? {})).toContain(
      'application/strategic-merge-patch+json',
    );
  });

  it('describes them in OpenAPI v2', async () => {
    const { body, headers } = await connect().request('GET', '/openapi/v2');
    const spec = mapAt(mapAt(body, 'definitions'), 'io.k8s.api.apps.v1.DeploymentSpec');
    expect(mapAt(mapAt(spec, 'properties'), 'template')).toMatchObject({
      $ref: '#/definitions/io.k8s.api.core.v1.PodTemplateSpec',
    });
    expect(headers['etag']).toMatch(/^"[0-9A-F]+"$/);
  });

  it('leads an old hash of a document to the new one', async () => {
    const { status, headers } = await connect().request('GET', '/openapi/v3/apis/apps/v1?hash=old');
    expect(status).toBe(301);
    expect(headers['location']).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]+$/);
  });

  const attributes = { verb: 'list', resource: 'pods' };

  async function review(resource: string, spec: JsonMap): Promise<[number, JsonMap]> {
    const path = `${AUTHORIZATION}/${resource}`;
    const { status, body } = await connect().request('POST', path, { body: { spec } });
    return [status, body];
  }

  it('says what somebody may do', async () => {
    const cases: [string, JsonMap, JsonMap][] = [
      ['selfsubjectaccessreviews', {}, { allowed: true }],
      ['subjectaccessreviews', { user: 'nobody' }, { allowed: false }],
      ['subjectaccessreviews', { user: 'x', groups: ['system:masters'] }, { allowed: true }],
    ];
    for (const [resource, subject, answer] of cases) {
      const [status, body] = await review(resource, { ...subject, resourceAttributes: attributes });
      expect([status, body['status']]).toEqual([201, answer]);
    }
    const [, rules] = await review('selfsubjectrulesreviews', { namespace: 'default' });
    // Among others, in any order.
    expect(listAt(mapAt(rules, 'status'), 'resourceRules')).toContainEqual({
      verbs: ['*'],
      apiGroups: ['*'],
      resources: ['*'],
    });
  });

  it('refuses a review that asks nothing', async () => {
    const [status, body] = await review('selfsubjectaccessreviews', {});
    expect([status, body['message']]).toEqual([
      422,
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    ]);
    const path = `${AUTHORIZATION}/selfsubjectaccessreviews`;
    expect((await connect().request('GET', path)).status).toBe(405);
  });
}
