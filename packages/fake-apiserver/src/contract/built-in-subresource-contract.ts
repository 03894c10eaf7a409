import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, mapAt, type JsonMap } from '../json.ts';
import {
  collectionOf,
  CONTAINERS,
  createBuiltInNamespace,
  nameOf,
  SELECTOR,
  specOf,
  TEMPLATE,
  type Collection,
} from './built-in-objects.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { metadataOf, unique, versionOf } from './contract-fixtures.ts';

/** What lies below built-in objects, and events under both of their names. */
export function builtInSubresourceContract(connect: () => ContractClient): void {
  let namespace = '';
  beforeAll(async () => {
    namespace = await createBuiltInNamespace(connect());
  });
  const kinds = (resource: 'deployments' | 'pods' | 'events'): Collection =>
    collectionOf(connect(), namespace, resource);
  const urlOf = (collection: Collection, object: JsonMap): string =>
    `${collection.path}/${nameOf(object)}`;
  const merge = (path: string, body: JsonMap): Promise<ContractResponse> =>
    connect().request('PATCH', path, { body, contentType: 'application/merge-patch+json' });

  async function newDeployment(): Promise<string> {
    const spec = { replicas: 2, selector: SELECTOR, template: TEMPLATE };
    return urlOf(kinds('deployments'), await kinds('deployments').created({ spec }));
  }

  const scale = (url: string, spec: JsonMap): JsonMap => ({
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name: url.split('/').at(-1) },
    spec,
  });

  it('reads and writes the scale of a Deployment', async () => {
    const url = await newDeployment();
    const { body } = await connect().request('GET', `${url}/scale`);
    expect(body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=web' },
    });
    const put = await connect().request('PUT', `${url}/scale`, {
      body: scale(url, { replicas: 5 }),
    });
    expect([put.status, put.body['spec']]).toEqual([200, { replicas: 5 }]);
    expect((await merge(`${url}/scale`, { spec: { replicas: 4 } })).status).toBe(200);
    const deployment = (await connect().request('GET', url)).body;
    expect(specOf(deployment)['replicas']).toBe(4);
    expect(metadataOf(deployment)['generation']).toBe(3);
    expect(listAt(metadataOf(deployment), 'managedFields')).toContainEqual(
      expect.objectContaining({
        subresource: 'scale',
        operation: 'Update',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      }),
    );
  });

  it('records nobody for replicas that nobody owned', async () => {
    const name = unique('bare');
    const url = `${kinds('deployments').path}/${name}`;
    const applied = await connect().request('PATCH', `${url}?fieldManager=a`, {
      body: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { selector: SELECTOR, template: TEMPLATE },
      },
      contentType: 'application/apply-patch+yaml',
    });
    expect((await merge(`${url}/scale`, { spec: { replicas: 4 } })).body['spec']).toEqual({
      replicas: 4,
    });
    const { body } = await connect().request('GET', url);
    expect(specOf(body)['replicas']).toBe(4);
    expect(metadataOf(body)['managedFields']).toEqual(metadataOf(applied.body)['managedFields']);
  });

  it('refuses a scale that cannot be', async () => {
    const url = await newDeployment();
    const put = (body: JsonMap): Promise<ContractResponse> =>
      connect().request('PUT', `${url}/scale`, { body });
    const negative = await put(scale(url, { replicas: -1 }));
    expect([negative.status, negative.body['message']]).toEqual([
      422,
      `Scale.autoscaling "${url.split('/').at(-1) ?? ''}" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0`,
    ]);
    const old = scale(url, { replicas: 1 });
    metadataOf(old)['resourceVersion'] = '1';
    expect((await put(old)).status).toBe(409);
    expect((await connect().request('POST', `${url}/scale`, { body: old })).status).toBe(405);
    const { path } = kinds('deployments');
    expect((await connect().request('GET', `${path}/nobody/scale`)).body['message']).toBe(
      'deployments.apps "nobody" not found',
    );
    const daemonSets = path.replace('deployments', 'daemonsets');
    expect((await connect().request('GET', `${daemonSets}/nobody/scale`)).body['message']).toBe(
      'the server could not find the requested resource',
    );
  });

  it('binds a pod to a node, once', async () => {
    const url = urlOf(
      kinds('pods'),
      await kinds('pods').created({ spec: { containers: CONTAINERS } }),
    );
    const name = url.split('/').at(-1) ?? '';
    const bind = (node: string): Promise<ContractResponse> =>
      connect().request('POST', `${url}/binding`, {
        body: {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { name },
          target: { kind: 'Node', name: node },
        },
      });
    const bound = await bind('node-1');
    expect([bound.status, bound.body['status']]).toEqual([201, 'Success']);
    const pod = (await connect().request('GET', url)).body;
    expect(specOf(pod)['nodeName']).toBe('node-1');
    expect(listAt(mapAt(pod, 'status'), 'conditions')).toContainEqual(
      expect.objectContaining({ type: 'PodScheduled', status: 'True' }),
    );
    const again = await bind('node-2');
    expect([again.status, again.body['message']]).toEqual([
      409,
      `Operation cannot be fulfilled on pods/binding "${name}": pod ${name} is already assigned to node "node-1"`,
    ]);
  });

  it('evicts a pod', async () => {
    const url = urlOf(
      kinds('pods'),
      await kinds('pods').created({ spec: { containers: CONTAINERS } }),
    );
    const metadata = { name: url.split('/').at(-1) };
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata };
    const { status } = await connect().request('POST', `${url}/eviction`, { body });
    expect(status).toBe(201);
    // No node has it, so that nothing has to end first.
    expect((await connect().request('GET', url)).status).toBe(404);
  });

  it('evicts a pod that meets the preconditions, and leaves another as it is', async () => {
    const pod = await kinds('pods').created({ spec: { containers: CONTAINERS } });
    const url = urlOf(kinds('pods'), pod);
    const evict = async (preconditions: JsonMap, dryRun: string[] = []): Promise<number> => {
      const body = {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: nameOf(pod) },
        deleteOptions: { preconditions, dryRun },
      };
      return (await connect().request('POST', `${url}/eviction`, { body })).status;
    };
    expect(await evict({ uid: 'other' })).toBe(409);
    expect(await evict({ uid: 'other' }, ['All'])).toBe(409);
    expect(await evict({ resourceVersion: '1' })).toBe(409);
    expect((await connect().request('GET', url)).body).toEqual(pod);
    expect(await evict({ resourceVersion: versionOf(pod) })).toBe(201);
    expect((await connect().request('GET', url)).status).toBe(404);
  });

  it('lets a write to the status of a built-in kind change labels, and nothing of the spec', async () => {
    const url = urlOf(
      kinds('pods'),
      await kinds('pods').created({ spec: { containers: CONTAINERS } }),
    );
    const { body } = await merge(`${url}/status`, {
      metadata: { labels: { a: 'b' } },
      spec: { nodeName: 'x' },
      status: { phase: 'Running', podIP: '10.0.0.1' },
    });
    expect(metadataOf(body)['labels']).toEqual({ a: 'b' });
    expect(specOf(body)['nodeName']).toBeUndefined();
    expect(body['status']).toMatchObject({ phase: 'Running', podIPs: [{ ip: '10.0.0.1' }] });
  });

  it('changes the finalizers of a namespace through finalize alone', async () => {
    const name = unique('fin');
    const metadata = { name };
    const url = `/api/v1/namespaces/${name}`;
    await connect().request('POST', '/api/v1/namespaces', {
      body: { metadata, spec: { finalizers: ['example.com/x'] } },
    });
    const patched = await merge(url, { spec: { finalizers: [] } });
    expect(patched.body['spec']).toEqual({ finalizers: ['example.com/x', 'kubernetes'] });
    const { body } = await connect().request('PUT', `${url}/finalize`, {
      body: { metadata, spec: { finalizers: ['kubernetes'] } },
    });
    expect(body['spec']).toEqual({ finalizers: ['kubernetes'] });
  });

  it('shows one event under both names', async () => {
    const name = unique('event');
    const newer = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
    const regarding = { kind: 'Pod', name, namespace };
    const created = await connect().request('POST', newer, {
      body: {
        metadata: { name },
        regarding,
        note: 'It happened',
        reason: 'Happened',
        type: 'Normal',
        action: 'Do',
        eventTime: '2024-01-01T00:00:00.000000Z',
        reportingController: 'contract',
        reportingInstance: 'one',
      },
    });
    expect(created.body).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      note: 'It happened',
      deprecatedSource: {},
    });
    const { body } = await connect().request('GET', `${kinds('events').path}/${name}`);
    expect(body).toMatchObject({
      apiVersion: 'v1',
      involvedObject: regarding,
      message: 'It happened',
      reportingComponent: 'contract',
      source: {},
    });
    for (const [path, field] of [
      [newer, 'regarding.name'],
      [kinds('events').path, 'involvedObject.name'],
    ]) {
      const list = await connect().request('GET', `${path}?fieldSelector=${field}%3D${name}`);
      expect(listAt(list.body, 'items').filter((item) => isMap(item))).toHaveLength(1);
    }
  });

  it('wants of a newer event what it is for', async () => {
    const newer = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
    const { status, body } = await connect().request('POST', newer, {
      body: { metadata: { name: 'x' }, regarding: { kind: 'Pod', namespace }, type: 'Normal' },
    });
    expect([status, body['message']]).toEqual([
      422,
      'Event "x" is invalid: eventTime: Required value',
    ]);
  });
}
