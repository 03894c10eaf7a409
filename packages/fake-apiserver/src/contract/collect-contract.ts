import { beforeAll, expect, it } from 'vitest';
import { listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import {
  createNamespace,
  eventually,
  GROUP,
  installCrd,
  metadataOf,
  unique,
  widgetCrd,
} from './contract-fixtures.ts';

const MERGE = 'application/merge-patch+json';

interface Made {
  readonly url: string;
  readonly reference: JsonMap;
}

/**
 * What Kubernetes' controllers do to every object: they collect what lost its owners. The server must
 * run them.
 */
export function collectContract(connect: () => ContractClient): void {
  let motors = '';
  let globes = '';
  let configMaps = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'wheels', kind: 'Wheel' }));
    await installCrd(
      connect(),
      widgetCrd({ plural: 'globes', kind: 'Globe', clusterScoped: true }),
    );
    const namespace = await createNamespace(connect());
    motors = `/apis/${GROUP}/v1/namespaces/${namespace}/wheels`;
    globes = `/apis/${GROUP}/v1/globes`;
    configMaps = `/api/v1/namespaces/${namespace}/configmaps`;
    // A collector looks for new kinds every half minute.
    for (const path of [motors, globes]) {
      const owner = await make(path);
      const child = await make(path, [owner.reference]);
      await remove(owner);
      await gone(child, 60_000);
    }
  }, 120_000);

  async function make(
    path: string,
    owners: readonly JsonMap[] = [],
    metadata: JsonMap = {},
  ): Promise<Made> {
    const name = unique('owned');
    const builtIn = path === configMaps;
    const kind = builtIn ? 'ConfigMap' : path === globes ? 'Globe' : 'Wheel';
    const apiVersion = builtIn ? 'v1' : `${GROUP}/v1`;
    const body = {
      apiVersion,
      kind,
      metadata: { name, ...metadata, ownerReferences: [...owners] },
    };
    const created = await connect().request('POST', path, { body });
    if (created.status !== 201) throw new Error(`the object was refused: ${created.text}`);
    const uid = stringAt(metadataOf(created.body), 'uid') ?? '';
    return { url: `${path}/${name}`, reference: { apiVersion, kind, name, uid } };
  }

  async function read({ url }: Made): Promise<JsonMap | undefined> {
    const { status, body } = await connect().request('GET', url);
    return status === 200 ? metadataOf(body) : undefined;
  }

  const gone = (made: Made, patienceMs?: number): Promise<true> =>
    eventually(async () => ((await read(made)) === undefined ? true : undefined), patienceMs);

  /** Waits until the collector must have seen everything made so far: it collects in order. */
  async function settled(): Promise<void> {
    const owner = await make(configMaps);
    const canary = await make(configMaps, [owner.reference]);
    await connect().request('DELETE', owner.url);
    await gone(canary);
  }

  function remove(made: Made, propagationPolicy?: string): Promise<unknown> {
    const body = propagationPolicy === undefined ? {} : { propagationPolicy };
    return connect().request('DELETE', made.url, { body });
  }

  const release = (made: Made): Promise<unknown> =>
    connect().request('PATCH', made.url, {
      body: { metadata: { finalizers: null } },
      contentType: MERGE,
    });

  const blocking = (made: Made): JsonMap => ({ ...made.reference, blockOwnerDeletion: true });

  it('collects what an owner leaves behind, across kinds and scopes, and what that owned', async () => {
    const owner = await make(globes);
    const child = await make(motors, [owner.reference]);
    const sibling = await make(globes, [owner.reference]);
    const grandchild = await make(configMaps, [child.reference]);
    await settled();
    await remove(owner);
    expect(await Promise.all([gone(child), gone(sibling), gone(grandchild)])).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('leaves an object to the owners that are left, and says who changed it', async () => {
    const first = await make(motors);
    const second = await make(configMaps);
    const child = await make(configMaps, [first.reference, second.reference]);
    await settled();
    await remove(first);
    const owners = await eventually(async () => {
      const references = (await read(child))?.['ownerReferences'];
      return Array.isArray(references) && references.length === 1 ? references : undefined;
    });
    expect(owners).toEqual([second.reference]);
    await remove(second);
    await gone(child);
  });

  it('collects what names an owner that is not there, or is another by its uid', async () => {
    const owner = await make(motors);
    const uid = '11111111-1111-4111-8111-111111111111';
    const absent = await make(configMaps, [
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'no', uid },
    ]);
    const mistaken = await make(configMaps, [{ ...owner.reference, uid: uid.replace(/^1/, '2') }]);
    await Promise.all([gone(absent), gone(mistaken)]);
    expect(await read(owner)).toBeDefined();
  });

  it('looks for an owner in the namespace of the object', async () => {
    const owner = await make(motors);
    const other = await createNamespace(connect());
    const name = unique('far');
    const path = `/api/v1/namespaces/${other}/configmaps`;
    await connect().request('POST', path, {
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, ownerReferences: [owner.reference] },
      },
    });
    expect(await gone({ url: `${path}/${name}`, reference: {} })).toBe(true);
  });

  it('keeps what names an owner of an unknown kind, or without a namespace', async () => {
    const uid = '33333333-3333-4333-8333-333333333333';
    const owner = await make(motors);
    const unknown = await make(configMaps, [{ apiVersion: 'v1', kind: 'Nope', name: 'x', uid }]);
    const above = await make(globes, [owner.reference]);
    await remove(owner);
    await settled();
    expect([await read(unknown), await read(above)].map((item) => item !== undefined)).toEqual([
      true,
      true,
    ]);
  });

  it('deletes an owner in the foreground after what blocks it', async () => {
    const owner = await make(motors);
    const held = await make(motors, [blocking(owner)], { finalizers: ['x/y'] });
    const below = await make(configMaps, [blocking(held)]);
    await settled();
    await remove(owner, 'Foreground');
    await eventually(async () => (await read(held))?.['deletionTimestamp']);
    expect((await read(owner))?.['finalizers']).toEqual(['foregroundDeletion']);
    await release(held);
    await Promise.all([gone(held), gone(owner), gone(below)]);
  });

  it('does not wait in the foreground for what does not block', async () => {
    const owner = await make(motors);
    const held = await make(motors, [owner.reference], { finalizers: ['x/y'] });
    await settled();
    await remove(owner, 'Foreground');
    expect(await gone(owner)).toBe(true);
    await eventually(async () => (await read(held))?.['deletionTimestamp']);
    await release(held);
  });

  it('takes an owner that leaves its dependents behind out of them', async () => {
    const owner = await make(motors);
    const child = await make(configMaps, [owner.reference]);
    await settled();
    await remove(owner, 'Orphan');
    await gone(owner);
    expect((await read(child))?.['ownerReferences']).toBeUndefined();
  });

  it('takes the finalizer of an owner for the default', async () => {
    const owner = await make(motors, [], { finalizers: ['orphan'] });
    const child = await make(configMaps, [owner.reference]);
    await settled();
    await remove(owner);
    await gone(owner);
    expect((await read(child))?.['ownerReferences']).toBeUndefined();
  });

  it('empties a namespace, and says what still holds it', async () => {
    const namespace = await createNamespace(connect());
    const path = `/apis/${GROUP}/v1/namespaces/${namespace}/wheels`;
    const url = `/api/v1/namespaces/${namespace}`;
    const held = await make(path, [], { finalizers: ['x/y'] });
    const free = await make(path);
    const deleted = await connect().request('DELETE', url);
    expect([deleted.status, mapAt(deleted.body, 'status')]).toEqual([
      200,
      { phase: 'Terminating' },
    ]);
    expect(metadataOf(deleted.body)['deletionGracePeriodSeconds']).toBeUndefined();
    const conditions = await eventually(async () => {
      const { body } = await connect().request('GET', url);
      const found = listAt(mapAt(body, 'status'), 'conditions') as JsonMap[];
      return found.length > 0 ? found : undefined;
    });
    await gone(free);
    expect(
      conditions.map(({ type, status, reason, message }) => [type, status, reason, message]),
    ).toEqual([
      [
        'NamespaceDeletionDiscoveryFailure',
        'False',
        'ResourcesDiscovered',
        'All resources successfully discovered',
      ],
      [
        'NamespaceDeletionGroupVersionParsingFailure',
        'False',
        'ParsedGroupVersions',
        'All legacy kube types successfully parsed',
      ],
      [
        'NamespaceDeletionContentFailure',
        'False',
        'ContentDeleted',
        'All content successfully deleted, may be waiting on finalization',
      ],
      [
        'NamespaceContentRemaining',
        'True',
        'SomeResourcesRemain',
        `Some resources are remaining: wheels.${GROUP} has 1 resource instances`,
      ],
      [
        'NamespaceFinalizersRemaining',
        'True',
        'SomeFinalizersRemain',
        'Some content in the namespace has finalizers remaining: x/y in 1 resource instances',
      ],
    ]);
    const refused = await connect().request('POST', path, {
      body: { apiVersion: `${GROUP}/v1`, kind: 'Wheel', metadata: { name: 'late' } },
    });
    expect(refused.status).toBe(403);
    await release(held);
    await gone({ url, reference: {} });
  });
}
