import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { createTransport, loadCredentials, systemClock, type Transport } from '@kindscope/informer';
import {
  conditionOf,
  isJsonObject,
  listAt,
  objectAt,
  parseJson,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findControlPlane, startControlPlane } from '../../../../e2e/cluster/index.ts';
import { createClient, type Client } from '../client.ts';
import { connect } from '../connection.ts';
import { createErrorLog } from '../log.ts';
import { deploymentFacts } from './deployment/facts.ts';
import { isComplete } from './deployment/status.ts';
import { runWorkloads } from './index.ts';
import { kinds, type Resource } from './kinds.ts';
import { workloadObjects } from './objects.ts';
import { webDeployment, webTemplate } from './testing/cluster.ts';

/** A cluster that runs workloads: ours, or a real one. */
interface Cluster {
  readonly transport: Transport;
  readonly client: Client;
  close(): Promise<void>;
}

const available = 'NewReplicaSetAvailable';

const { signal } = new AbortController();
const log = createErrorLog((line) => {
  throw new Error(line);
});

async function embedded(): Promise<Cluster> {
  const api = await createFakeApiServer({ token: 't' });
  const connection = connect(api.url, 't', log);
  const stopping = new AbortController();
  const nodes = workloadObjects().filter(({ resource }) => resource === 'nodes');
  for (const { body, manager } of nodes) {
    await connection.client.create({ gvr: kinds.nodes.gvr, manager, signal }, body);
  }
  const deps = { ...connection, clock: systemClock, log, seed: 1 };
  const workloads = runWorkloads(deps, stopping.signal);
  await workloads.settled;
  const transport = createTransport({
    credentials: {
      context: 'test',
      source: 'test',
      server: api.url,
      namespace: undefined,
      contexts: ['test'],
      proxyUrl: undefined,
      authenticate: async () => ({ headers: { authorization: 'Bearer t' }, tls: {} }),
    },
    userAgent: 'test',
    log,
    clock: systemClock,
  });
  return {
    transport,
    client: connection.client,
    async close() {
      stopping.abort();
      await transport.close();
      await api.close();
      await connection.close();
      await workloads.done;
    },
  };
}

async function real(): Promise<Cluster> {
  const plane = await startControlPlane();
  const loaded = loadCredentials({ kubeconfig: plane.kubeconfig });
  if (!loaded.ok) throw new Error(loaded.error.detail);
  const { credentials } = loaded;
  const transport = createTransport({ credentials, userAgent: 'test', log, clock: systemClock });
  return {
    transport,
    client: createClient(transport),
    async close() {
      await transport.close();
      await plane.stop();
    },
  };
}

/** What somebody who watches a story is told, with nothing in it that differs from one cluster to the next. */
interface Told {
  /** What was scaled, by revision. */
  readonly scaled: readonly string[];
  /** The Deployment and its ReplicaSets in the end. */
  readonly end: readonly JsonObject[];
  /** Who wrote them. */
  readonly managers: readonly (readonly string[])[];
}

/** A change of the spec, and why the Deployment then says that it progresses or does not. */
interface Step {
  readonly change: JsonObject;
  readonly until: string;
}

async function tell(cluster: Cluster, namespace: string, steps: readonly Step[]): Promise<Told> {
  const { client, transport } = cluster;
  const write = (resource: Resource) => ({
    gvr: kinds[resource].gvr,
    namespace,
    manager: 'somebody',
    signal,
  });
  const list = async (resource: Resource): Promise<JsonObject[]> => {
    const { apiVersion } = kinds[resource];
    const root = apiVersion.includes('/') ? 'apis' : 'api';
    const path = `/${root}/${apiVersion}/namespaces/${namespace}/${resource}`;
    const response = await transport.request({ path, signal });
    const items = listAt(parseJson(await response.text()), 'items');
    return items.filter((item) => isJsonObject(item));
  };
  const gvr = { group: '', version: 'v1', resource: 'namespaces' };
  await client.create({ gvr, manager: 'somebody', signal }, { metadata: { name: namespace } });
  const { metadata, ...rest } = webDeployment({ progressDeadlineSeconds: 5 });
  await client.create(write('deployments'), {
    ...rest,
    metadata: { ...objectAt({ metadata }, 'metadata'), namespace },
  });
  const reach = (reason: string): Promise<void> => {
    let before = '';
    return vi.waitFor(
      async () => {
        const [deployment = {}] = await list('deployments');
        const objects = [deployment, ...(await list('replicasets'))];
        const status = objectAt(deployment, 'status');
        const seen = valueAt(status, 'observedGeneration');
        const isDone = reason !== available || isComplete(deploymentFacts(deployment), status);
        const versions = objects.map((one) => stringAt(one, 'metadata', 'resourceVersion')).join();
        const isSame = versions === before;
        before = versions;
        expect(seen).toBe(valueAt(deployment, 'metadata', 'generation'));
        expect(conditionOf(deployment, 'Progressing')?.reason).toBe(reason);
        for (const one of objects) expect(valueAt(one, 'status', 'terminatingReplicas')).toBe(0);
        // At rest: nothing has changed since the last time.
        expect([isDone, isSame]).toEqual([true, true]);
      },
      { timeout: 60_000, interval: 400 },
    );
  };
  await reach(available);
  for (const step of steps) {
    await client.patch(write('deployments'), 'web', { spec: step.change });
    await reach(step.until);
  }
  const sets = await list('replicasets');
  const revisions = new Map(sets.map((set) => [nameOf(set), `revision ${firstRevision(set)}`]));
  const events = (await list('events')).filter(({ reason }) => reason === 'ScalingReplicaSet');
  const scaled = events
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((event) => stringAt(event, 'message') ?? '');
  const named = (text: string): string =>
    text.replaceAll(/web-[a-z0-9]+/g, (name) => revisions.get(name) ?? name);
  const end = [...(await list('deployments')), ...sets.toSorted(byRevision)];
  return {
    scaled: scaled.map(named),
    end: end.map((one) => timeless(one, named)),
    managers: end.map(managersOf),
  };
}

function managersOf(object: JsonObject): string[] {
  return listAt(object, 'metadata', 'managedFields')
    .map((entry) => [stringAt(entry, 'manager'), stringAt(entry, 'subresource')].join(' '))
    .sort((a, b) => (a < b ? -1 : 1));
}

function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}

function annotationOf(object: JsonObject, name: string): string {
  return stringAt(object, 'metadata', 'annotations', `deployment.kubernetes.io/${name}`) ?? '';
}

function firstRevision(set: JsonObject): string {
  return (
    (annotationOf(set, 'revision-history') || annotationOf(set, 'revision')).split(',')[0] ?? ''
  );
}

function byRevision(a: JsonObject, b: JsonObject): number {
  return Number(annotationOf(a, 'revision')) - Number(annotationOf(b, 'revision'));
}

const timely = [
  'managedFields',
  'creationTimestamp',
  'resourceVersion',
  'uid',
  'time',
  'lastUpdateTime',
  'lastTransitionTime',
  'pod-template-hash',
];

/** Without times, versions and uids, and with names by revision. */
function timeless(value: JsonObject, named: (text: string) => string): JsonObject {
  const strip = (part: JsonValue | undefined): JsonValue => {
    if (typeof part === 'string') return named(part);
    if (Array.isArray(part)) return part.map(strip);
    if (!isJsonObject(part)) return part ?? null;
    const entries = Object.entries(part).filter(([key]) => !timely.includes(key));
    return Object.fromEntries(entries.map(([key, item]) => [key, strip(item)]));
  };
  return strip(value) as JsonObject;
}

const release = (tag: string, cpu?: string): JsonObject => ({ template: webTemplate(tag, cpu) });

const stories: Readonly<Record<string, readonly Step[]>> = {
  'a rollout and an undo': [
    { change: release('2.0.0'), until: available },
    { change: release('1.0.0'), until: available },
  ],
  'pods that fit nowhere, and an undo': [
    { change: release('2.0.0', '100'), until: 'ProgressDeadlineExceeded' },
    { change: release('1.0.0'), until: available },
  ],
  'a pause, a change, and a resumption': [
    { change: { paused: true }, until: 'DeploymentPaused' },
    { change: release('2.0.0'), until: 'DeploymentPaused' },
    { change: { paused: null }, until: available },
  ],
  'scaling up, down and to nothing': [
    { change: { replicas: 6 }, until: available },
    { change: { replicas: 1 }, until: available },
    { change: { replicas: 0 }, until: available },
  ],
  'scaling while it is stuck': [
    { change: { replicas: 10 }, until: available },
    { change: release('2.0.0', '100'), until: 'ProgressDeadlineExceeded' },
    { change: { replicas: 15 }, until: 'ProgressDeadlineExceeded' },
  ],
  'all at once, by Recreate': [
    { change: { strategy: { type: 'Recreate', rollingUpdate: null } }, until: available },
    { change: release('2.0.0'), until: available },
  ],
};

const found = await findControlPlane();

describe.skipIf('missing' in found)('a Deployment in the demo, beside one in Kubernetes', () => {
  let clusters: readonly [Cluster, Cluster];
  beforeAll(async () => {
    clusters = [await embedded(), await real()];
  }, 120_000);
  afterAll(async () => {
    await Promise.all(clusters.map((cluster) => cluster.close()));
  }, 60_000);

  it.each(Object.entries(stories))(
    'takes the same steps to the same end: %s',
    async (name, steps) => {
      const namespace = name.toLowerCase().replaceAll(/\W+/g, '-');
      const [ours, theirs] = await Promise.all(
        clusters.map((cluster) => tell(cluster, namespace, steps)),
      );
      expect(ours).toEqual(theirs);
    },
  );
});
