import { createFakeApiServer, type FakeApiServer } from '@kindscope/fake-apiserver';
import {
  countAt,
  isJsonObject,
  listAt,
  objectAt,
  stringAt,
  valueAt,
  type JsonObject,
} from '@kindscope/kube';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type Connection } from '../connection.ts';
import { createErrorLog } from '../log.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { runWorkloads, type RunningWorkloads } from './index.ts';
import { kinds, type Resource } from './kinds.ts';
import { workloadObjects } from './objects.ts';
import { countsOf, judged, waitingReason, webDeployment, webTemplate } from './testing/cluster.ts';
import { start } from './testing/world.ts';

const namespace = 'default';

describe('workloads at an API server', { timeout: 60_000 }, () => {
  let api: FakeApiServer;
  let connection: Connection;
  let clock: FakeClock;
  let stopping: AbortController;
  let workloads: RunningWorkloads;

  beforeEach(async () => {
    api = await createFakeApiServer({ token: 't' });
    const log = createErrorLog((line) => {
      throw new Error(line);
    });
    connection = connect(api.url, 't', log);
    stopping = new AbortController();
    clock = createFakeClock(start);
    for (const { resource, body } of workloadObjects()) {
      if (resource === 'nodes') await create('nodes', body);
    }
    workloads = runWorkloads({ ...connection, clock, log, seed: 1 }, stopping.signal);
    await workloads.settled;
  });

  afterEach(async () => {
    stopping.abort();
    await api.close();
    await connection.close();
    // Rejects with whatever was complained of.
    await workloads.done;
  });

  const write = (resource: Resource) => ({
    gvr: kinds[resource].gvr,
    ...(resource === 'nodes' ? {} : { namespace }),
    manager: 'somebody',
    signal: stopping.signal,
  });
  const create = (resource: Resource, body: JsonObject) =>
    connection.client.create(write(resource), body);
  const release = (tag: string, cpu?: string) =>
    connection.client.patch(write('deployments'), 'web', {
      spec: { template: webTemplate(tag, cpu) },
    });

  async function list(path: string): Promise<JsonObject[]> {
    const headers = { authorization: 'Bearer t' };
    const answer = await fetch(`${api.url}${path}`, { headers });
    const items = listAt((await answer.json()) as JsonObject, 'items');
    return items.filter((item) => isJsonObject(item));
  }
  const deployment = async () => (await list('/apis/apps/v1/deployments'))[0] ?? {};
  const pods = () => list('/api/v1/pods');
  const events = () => list('/api/v1/events');

  /** Lets time pass until it holds. */
  const eventually = (check: () => Promise<void>) =>
    vi.waitFor(
      async () => {
        clock.advance(100);
        await check();
      },
      { timeout: 40_000, interval: 2 },
    );
  const untilRolledOut = (tag: string) =>
    eventually(async () => {
      expect(judged(await deployment(), 'Progressing')).toBe('True NewReplicaSetAvailable');
      const images = (await pods()).map((pod) =>
        stringAt(listAt(pod, 'spec', 'containers')[0], 'image'),
      );
      expect(images).toEqual(Array.from({ length: 3 }, () => `registry.example/web:${tag}`));
    });

  async function running(): Promise<void> {
    const { metadata, ...rest } = webDeployment();
    await create('deployments', {
      ...rest,
      metadata: { ...objectAt({ metadata }, 'metadata'), namespace },
    });
    await untilRolledOut('1.0.0');
  }

  it('roll out, get stuck with a broken image, and roll back', async () => {
    await running();
    await release('2.0.0');
    await untilRolledOut('2.0.0');
    await release('3.0.0-broken');
    await eventually(async () => {
      expect(judged(await deployment(), 'Progressing')).toBe('False ProgressDeadlineExceeded');
      expect((await pods()).map(waitingReason)).toContain('ImagePullBackOff');
    });
    expect(countsOf(await deployment())).toEqual([4, 1, 3, 3, 1]);
    await release('2.0.0');
    await untilRolledOut('2.0.0');
    const revisions = (await list('/apis/apps/v1/replicasets')).map((set) => [
      valueAt(set, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'),
      valueAt(set, 'spec', 'replicas'),
    ]);
    expect(new Map(revisions.map(([revision, replicas]) => [revision, replicas]))).toEqual(
      new Map([
        ['1', 0],
        ['3', 0],
        ['4', 3],
      ]),
    );
  });

  it('show a crash loop, and a pod that fits nowhere', async () => {
    await running();
    await release('2.0.0-crashing');
    await eventually(async () => {
      const crashing = (await pods()).filter((pod) => waitingReason(pod) === 'CrashLoopBackOff');
      const [status] = listAt(crashing[0], 'status', 'containerStatuses');
      expect(countAt(status, 'restartCount')).toBeGreaterThan(1);
    });
    expect(countsOf(await deployment()).slice(0, 4)).toEqual([4, 1, 3, 3]);
    await release('3.0.0', '100');
    await eventually(async () => {
      const told = (await events()).filter(({ reason }) => reason === 'FailedScheduling');
      expect(told[0]?.['message']).toContain('0/3 nodes are available: 3 Insufficient cpu.');
    });
    await release('1.0.0');
    await untilRolledOut('1.0.0');
  });

  it('go on after their watches were cut in the middle of a rollout', async () => {
    await running();
    await release('2.0.0');
    await eventually(async () => expect(countsOf(await deployment())[1]).toBe(1));
    api.cutWatches();
    await untilRolledOut('2.0.0');
  });

  it('work under the names that Kubernetes gives them', async () => {
    await running();
    // In an order of their own: by their times, which may be the same.
    const managers = (object: JsonObject | undefined): Set<string> =>
      new Set(
        listAt(object, 'metadata', 'managedFields').map((entry) =>
          `${stringAt(entry, 'manager')} ${stringAt(entry, 'subresource') ?? ''}`.trim(),
        ),
      );
    const [set] = await list('/apis/apps/v1/replicasets');
    const [pod] = await pods();
    expect(managers(await deployment())).toEqual(
      new Set(['somebody', 'kube-controller-manager status']),
    );
    expect(managers(set)).toEqual(
      new Set(['kube-controller-manager', 'kube-controller-manager status']),
    );
    expect(managers(pod)).toEqual(new Set(['kube-controller-manager', 'kubelet status']));
    const sources = (await events()).map((event) => stringAt(event, 'reportingComponent'));
    expect(new Set(sources)).toEqual(
      new Set(['deployment-controller', 'replicaset-controller', 'default-scheduler', 'kubelet']),
    );
  });

  it('tell events once, and count them after that', async () => {
    await create('pods', {
      metadata: { name: 'broken' },
      spec: { containers: [{ name: 'main', image: 'registry.example/main:1-broken' }] },
    });
    await eventually(async () => {
      const pulling = (await events()).filter(({ reason }) => reason === 'Pulling');
      expect(pulling).toHaveLength(1);
      expect(countAt(pulling[0], 'count')).toBeGreaterThan(2);
    });
  });
});
