import { expect, it } from 'vitest';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  CRDS,
  eventually,
  GROUP,
  installCrd,
  metadataOf,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

/** A version with the fields of `spec` that it knows. */
function version(name: string, storage: boolean, fields: JsonMap, rest: JsonMap = {}): JsonMap {
  return {
    name,
    served: true,
    storage,
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties: {
          spec: { type: 'object', properties: fields },
          status: {
            type: 'object',
            default: {},
            properties: { phase: { type: 'string', default: 'New' } },
          },
        },
      },
    },
    subresources: { status: {} },
    ...rest,
  };
}

/** Several versions of one resource, and what a change of the schema does to what is stored. */
export function crdVersionsContract(connect: () => ContractClient): void {
  const merge = 'application/merge-patch+json';
  const text = { type: 'string' };

  /** Installs a CRD and gives the addresses of its objects, by version. */
  async function install(
    plural: string,
    kind: string,
    versions: readonly JsonMap[],
  ): Promise<(version: string) => string> {
    await installCrd(connect(), widgetCrd({ plural, kind, versions }));
    const namespace = await createNamespace(connect());
    return (at) => `/apis/${GROUP}/${at}/namespaces/${namespace}/${plural}`;
  }

  function post(
    path: string,
    kind: string,
    at: string,
    name: string,
    spec: JsonMap,
  ): Promise<ContractResponse> {
    const body = { apiVersion: `${GROUP}/${at}`, kind, metadata: { name }, spec };
    return connect().request('POST', path, { body });
  }

  function change(plural: string, versions: readonly JsonMap[]): Promise<ContractResponse> {
    return connect().request('PATCH', `${CRDS}/${plural}.${GROUP}`, {
      body: { spec: { versions: [...versions] } },
      contentType: merge,
    });
  }

  async function specAt(path: string): Promise<unknown> {
    return (await connect().request('GET', path)).body['spec'];
  }

  it('shows at each version what that version knows, by the defaults of the stored one', async () => {
    const path = await install('lenses', 'Lens', [
      version('v1', true, { a: text, only1: text, d1: { ...text, default: 'one' } }),
      version('v2', false, { a: text, only2: text, d2: { ...text, default: 'two' } }),
    ]);
    await post(path('v1'), 'Lens', 'v1', 'x', { a: 'x', only1: 'y' });
    expect(await specAt(`${path('v1')}/x`)).toEqual({ a: 'x', only1: 'y', d1: 'one' });
    expect(await specAt(`${path('v2')}/x`)).toEqual({ a: 'x' });
    const created = await post(path('v2'), 'Lens', 'v2', 'y', { a: 'x', only2: 'y' });
    expect(created.body['spec']).toEqual({ a: 'x' });
    expect(await specAt(`${path('v1')}/y`)).toEqual({ a: 'x', d1: 'one' });
    const list = await connect().request('GET', path('v2'));
    expect(listAt(list.body, 'items')).toMatchObject([{ spec: { a: 'x' } }, { spec: { a: 'x' } }]);
    const patched = await connect().request('PATCH', `${path('v2')}/x`, {
      body: { spec: { a: 'z' } },
      contentType: merge,
    });
    expect([patched.body['spec'], metadataOf(patched.body)['generation']]).toEqual([{ a: 'z' }, 2]);
    expect(await specAt(`${path('v1')}/x`)).toEqual({ a: 'z', d1: 'one' });
  });

  it('fills in the defaults of a status that nobody has written', async () => {
    const path = await install('bulbs', 'Bulb', [version('v1', true, { a: text })]);
    const created = await post(path('v1'), 'Bulb', 'v1', 'x', { a: 'x' });
    expect(created.body['status']).toEqual({ phase: 'New' });
  });

  it('shows stored objects by the new schema, and keeps what it does not show', async () => {
    const path = await install('prisms', 'Prism', [version('v1', true, { a: text, b: text })]);
    await post(path('v1'), 'Prism', 'v1', 'x', { a: '1', b: '2' });
    const late = { ...text, default: 'later' };
    await change('prisms', [version('v1', true, { a: text, late })]);
    const shown = await eventually(async () => {
      const answer = await connect().request('GET', `${path('v1')}/x`);
      return mapAt(answer.body, 'spec')?.['late'] === undefined ? undefined : answer.body;
    });
    expect(shown['spec']).toEqual({ a: '1', late: 'later' });
    await change('prisms', [version('v1', true, { a: text, b: text })]);
    const again = await eventually(async () => {
      const answer = await connect().request('GET', `${path('v1')}/x`);
      return mapAt(answer.body, 'spec')?.['b'] === undefined ? undefined : answer.body;
    });
    expect(again['spec']).toEqual({ a: '1', b: '2' });
    expect(versionOf(again)).toBe(versionOf(shown));
  });

  it('writes an object anew that is stored in an older form, even when nothing changes', async () => {
    const path = await install('panes', 'Pane', [version('v1', true, { a: text })]);
    const created = await post(path('v1'), 'Pane', 'v1', 'x', { a: '1' });
    await change('panes', [version('v1', true, { a: text, late: { ...text, default: 'later' } })]);
    await eventually(async () => {
      const answer = await connect().request('GET', `${path('v1')}/x`);
      return mapAt(answer.body, 'spec')?.['late'] === undefined ? undefined : true;
    });
    const touch = (): Promise<ContractResponse> =>
      connect().request('PATCH', `${path('v1')}/x`, { body: {}, contentType: merge });
    const first = await touch();
    expect(versionOf(first.body)).not.toBe(versionOf(created.body));
    expect(metadataOf(first.body)['generation']).toBe(1);
    expect(versionOf((await touch()).body)).toBe(versionOf(first.body));
  });

  it('lets mistakes be that were there before the schema forbade them', async () => {
    const list = {
      type: 'array',
      items: { type: 'object', properties: { name: text, size: { type: 'integer' } } },
    };
    const path = await install('beams', 'Beam', [version('v1', true, { a: text, b: text, list })]);
    await post(path('v1'), 'Beam', 'v1', 'x', {
      a: 'long',
      b: 'ok',
      list: [{ name: 'n', size: 9 }],
    });
    const items = {
      ...list.items,
      properties: { name: text, size: { type: 'integer', maximum: 5 } },
    };
    await change('beams', [
      version('v1', true, { a: { ...text, maxLength: 2 }, b: text, list: { ...list, items } }),
    ]);
    const patch = (spec: JsonMap): Promise<ContractResponse> =>
      connect().request('PATCH', `${path('v1')}/x`, { body: { spec }, contentType: merge });
    // Another each time: until the schema holds they are taken, and what is there already may stay.
    let tries = 0;
    await eventually(async () => {
      tries += 1;
      return (await patch({ a: `long${tries}` })).status === 422 ? true : undefined;
    });
    expect((await patch({ b: 'changed' })).status).toBe(200);
    const worse = await patch({ a: 'longer' });
    expect(worse.body['message']).toBe(
      `Beam.${GROUP} "x" is invalid: spec.a: Too long: may not be more than 2 bytes`,
    );
    // Items of a list without keys are not told apart: all of them are looked at again.
    const other = await patch({ list: [{ name: 'n', size: 9 }, { name: 'm' }] });
    expect(other.body['message']).toBe(
      `Beam.${GROUP} "x" is invalid: spec.list[0].size: Invalid value: 9: spec.list[0].size in body should be less than or equal to 5`,
    );
  });

  it('correlates the items of a map by their keys', async () => {
    const list = (maximum: number): JsonMap => ({
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: text, size: { type: 'integer', maximum } },
      },
    });
    const path = await install('rails', 'Rail', [version('v1', true, { list: list(9) })]);
    await post(path('v1'), 'Rail', 'v1', 'x', { list: [{ name: 'n', size: 9 }] });
    await change('rails', [version('v1', true, { list: list(5) })]);
    const patch = (items: JsonMap[]): Promise<ContractResponse> =>
      connect().request('PATCH', `${path('v1')}/x`, {
        body: { spec: { list: items } },
        contentType: merge,
      });
    // Another each time: until the schema holds they are taken, and what is there already may stay.
    let size = 9;
    await eventually(async () => {
      const other = size === 8 ? 7 : 8;
      if ((await patch([{ name: 'n', size: other }])).status === 422) return true;
      size = other;
      return undefined;
    });
    expect((await patch([{ name: 'm' }, { name: 'n', size }])).status).toBe(200);
  });

  it('remembers every version that was stored, and does not let go of one', async () => {
    const path = await install('masts', 'Mast', [
      version('v1', true, { a: text }),
      version('v2', false, { a: text }),
    ]);
    await post(path('v1'), 'Mast', 'v1', 'x', { a: '1' });
    const switched = await change('masts', [
      version('v1', false, { a: text }),
      version('v2', true, { a: text }),
    ]);
    expect(mapAt(switched.body, 'status')?.['storedVersions']).toEqual(['v1', 'v2']);
    const dropped = await change('masts', [version('v2', true, { a: text })]);
    expect([dropped.status, dropped.body['message']]).toEqual([
      422,
      `CustomResourceDefinition.apiextensions.k8s.io "masts.${GROUP}" is invalid: status.storedVersions[0]: Invalid value: "v1": missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions`,
    ]);
    const migrated = await connect().request('PATCH', `${CRDS}/masts.${GROUP}/status`, {
      body: { status: { storedVersions: ['v2'] } },
      contentType: merge,
    });
    expect(migrated.status).toBe(200);
    expect((await change('masts', [version('v2', true, { a: text })])).status).toBe(200);
  });

  it('ends the watches of a version that is no longer served, and serves the others', async () => {
    const path = await install('sails', 'Sail', [
      version('v1', true, { a: text }),
      version('v2', false, { a: text }),
    ]);
    const list = await connect().request('GET', path('v2'));
    const watch = await connect().watch(
      `${path('v2')}?watch=1&resourceVersion=${versionOf(list.body)}`,
    );
    await change('sails', [
      version('v1', true, { a: text }),
      version('v2', false, { a: text }, { served: false }),
    ]);
    await watch.ended();
    const statusOf = async (at: string): Promise<number> =>
      (await connect().request('GET', path(at))).status;
    await eventually(async () => ((await statusOf('v2')) === 404 ? true : undefined));
    expect(await eventually(async () => ((await statusOf('v1')) === 200 ? 200 : undefined))).toBe(
      200,
    );
  });
}
