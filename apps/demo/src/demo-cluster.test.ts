import {
  conditionOf,
  countAt,
  crdFacts,
  isJsonObject,
  listAt,
  objectAt,
  parseJson,
  stringAt,
  valueAt,
  type JsonObject,
} from '@kindscope/kube';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { crds } from './crds/index.ts';
import { demoSeed, startDemoCluster, type DemoCluster } from './demo-cluster.ts';
import { createErrorLog } from './log.ts';
import { demoObjects, fillers } from './objects/index.ts';

const complaints: string[] = [];
let cluster: DemoCluster;

beforeAll(async () => {
  const options = {
    port: 0,
    token: 't',
    kubeconfig: undefined,
    objects: 800,
    rate: 0,
    scenarios: [],
  };
  cluster = await startDemoCluster(
    options,
    createErrorLog((line) => complaints.push(line)),
  );
}, 60_000);
afterAll(() => cluster.stop());

async function ask(path: string, patch?: JsonObject): Promise<JsonObject> {
  const headers = {
    authorization: 'Bearer t',
    'content-type': 'application/merge-patch+json',
  };
  const change = patch === undefined ? {} : { method: 'PATCH', body: JSON.stringify(patch) };
  const response = await fetch(`${cluster.server}${path}`, { headers, ...change });
  const answer = parseJson(await response.text());
  if (!response.ok || !isJsonObject(answer)) throw new Error(`${path}: ${response.status}`);
  return answer;
}

async function list(apiVersion: string, resource: string): Promise<JsonObject[]> {
  const root = apiVersion.includes('/') ? 'apis' : 'api';
  const answer = await ask(`/${root}/${apiVersion}/${resource}`);
  return listAt(answer, 'items').filter((item) => isJsonObject(item));
}

const listCrds = () => list('apiextensions.k8s.io/v1', 'customresourcedefinitions');

const path = '/apis/apps.shop.example/v2/namespaces/shop/applications/checkout';

describe('the demo cluster', { timeout: 30_000 }, () => {
  it('has fourteen or more established CRDs in six or more groups, and a broken one', async () => {
    const found = await listCrds();
    const established = found.filter((crd) => conditionOf(crd, 'Established')?.status === 'True');
    expect(found).toHaveLength(crds.length);
    expect(established.length).toBeGreaterThanOrEqual(14);
    expect(new Set(established.map((crd) => stringAt(crd, 'spec', 'group'))).size).toBeGreaterThan(
      5,
    );
    const broken = found.filter((crd) => !established.includes(crd));
    expect(broken.map((crd) => conditionOf(crd, 'NamesAccepted'))).toMatchObject([
      { status: 'False', reason: expect.stringMatching(/Conflict$/) },
    ]);
  });

  it('has a CRD with three versions: one stored, one deprecated, one not served', async () => {
    const crd = (await listCrds()).find(
      (candidate) => stringAt(candidate, 'spec', 'names', 'kind') === 'Application',
    );
    expect(crdFacts(crd ?? {})?.versions).toMatchObject([
      { name: 'v2', storage: true, served: true, deprecated: false },
      { name: 'v1', storage: false, served: true, deprecated: true },
      { name: 'v1alpha1', storage: false, served: false },
    ]);
  });

  it('keeps every field of every object that it is given', async () => {
    const byResource = Map.groupBy(
      [...demoObjects(demoSeed), ...fillers(demoSeed, 3)],
      ({ apiVersion, resource }) => JSON.stringify([apiVersion, resource]),
    );
    for (const [address, objects] of byResource) {
      const [apiVersion, resource] = JSON.parse(address);
      const kept = new Map((await list(apiVersion, resource)).map((item) => [keyOf(item), item]));
      for (const { body } of objects) {
        const stored = kept.get(keyOf(body));
        expect(objectAt(stored, 'spec')).toMatchObject(objectAt(body, 'spec'));
      }
    }
  });

  it('has owners of owners: an application, its route, the certificate of that, its secret', async () => {
    const read = (apiVersion: string, resource: string, name: string) => {
      const root = apiVersion.includes('/') ? 'apis' : 'api';
      return ask(`/${root}/${apiVersion}/namespaces/shop/${resource}/${name}`);
    };
    const chain = [
      await read('apps.shop.example/v2', 'applications', 'checkout'),
      await read('gateway.example.net/v1', 'apiroutes', 'checkout'),
      await read('certs.example.org/v1', 'certificates', 'checkout-tls'),
      await read('v1', 'secrets', 'checkout-tls'),
    ];
    const owners = chain.slice(1).map((it) => listAt(it, 'metadata', 'ownerReferences')[0]);
    expect(owners.map((owner) => stringAt(owner, 'uid'))).toEqual(
      chain.slice(0, -1).map((it) => stringAt(it, 'metadata', 'uid')),
    );
  });

  it('has lists that are known by keys, and printer columns that are only shown when asked for', async () => {
    const found = await listCrds();
    const columns = found.flatMap((crd) =>
      listAt(crd, 'spec', 'versions').flatMap((it) => listAt(it, 'additionalPrinterColumns')),
    );
    const priorities = columns.map((column) => countAt(column, 'priority') ?? 0);
    expect(new Set(priorities)).toEqual(new Set([0, 1, 2]));
    const application = crds.find(
      (crd) => stringAt(crd, 'spec', 'names', 'kind') === 'Application',
    );
    expect(JSON.stringify(application)).toContain('"x-kubernetes-list-map-keys":["name"]');
    const scopes = found.map((crd) => stringAt(crd, 'spec', 'scope'));
    expect(new Set(scopes)).toEqual(new Set(['Namespaced', 'Cluster']));
  });

  it('begins with a status for everything that has a controller, and in peace', async () => {
    const kinds = crds.filter(
      (crd) =>
        stringAt(crd, 'metadata', 'name') !== brokenCrd &&
        valueAt(listAt(crd, 'spec', 'versions')[0], 'subresources', 'status') !== undefined,
    );
    expect(kinds.length).toBeGreaterThanOrEqual(14);
    for (const crd of kinds) {
      const group = stringAt(crd, 'spec', 'group') ?? '';
      const version = stringAt(listAt(crd, 'spec', 'versions')[0], 'name') ?? '';
      const plural = stringAt(crd, 'spec', 'names', 'plural') ?? '';
      const items = await list(`${group}/${version}`, plural);
      expect(items).not.toEqual([]);
      const tended = items.filter(
        (item) => valueAt(item, 'metadata', 'labels', 'generated') === undefined,
      );
      for (const item of tended) {
        expect(valueAt(item, 'status', 'observedGeneration')).toBe(1);
        expect(listAt(item, 'status', 'conditions')).not.toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
  });

  it('rolls out what somebody changes, in the name of its controller', async () => {
    const before = await ask(path);
    const containers = [{ name: 'web', image: 'registry.example/checkout:99.0.0' }];
    await ask(`${path}?fieldManager=somebody`, { spec: { replicas: 1, containers } });
    const rolledOut = async (): Promise<JsonObject> => {
      const object = await ask(path);
      expect(stringAt(object, 'status', 'image')).toBe('registry.example/checkout:99.0.0');
      return object;
    };
    const after = await vi.waitFor(rolledOut, { timeout: 20_000, interval: 50 });
    expect(valueAt(after, 'metadata', 'generation')).not.toBe(
      valueAt(before, 'metadata', 'generation'),
    );
    const managers = listAt(after, 'metadata', 'managedFields').map((entry) =>
      stringAt(entry, 'manager'),
    );
    expect(managers).toContain('somebody');
    expect(managers).toContain('application-controller');
  });
});

const brokenCrd = 'topics.streaming.example.io';

function keyOf(object: JsonObject): string {
  return `${stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(object, 'metadata', 'name')}`;
}
