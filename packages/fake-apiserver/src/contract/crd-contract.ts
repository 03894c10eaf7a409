import { expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import {
  createNamespace,
  CRDS,
  errorOf,
  eventually,
  GROUP,
  installCrd,
  metadataOf,
  namesOf,
  widgetCrd,
  widgetVersion,
} from './contract-fixtures.ts';

export function crdContract(connect: () => ContractClient): void {
  function conditionsOf(crd: JsonMap): JsonMap {
    const found: JsonMap = {};
    for (const item of listAt(mapAt(crd, 'status'), 'conditions')) {
      if (isMap(item))
        found[stringAt(item, 'type') ?? ''] = [item['status'], item['reason']] as string[];
    }
    return found;
  }

  async function refusal(crd: JsonMap): Promise<JsonMap> {
    const { status, body } = await connect().request('POST', CRDS, { body: crd });
    expect(status).toBe(422);
    return body;
  }

  it('accepts the names and establishes the resource', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'spools', kind: 'Spool' }));
    const crd = await eventually(async () => {
      const { body } = await connect().request('GET', `${CRDS}/spools.${GROUP}`);
      return (
        mapAt(conditionsOf(body), 'x') ?? ('Established' in conditionsOf(body) ? body : undefined)
      );
    });
    expect(conditionsOf(crd)).toEqual({
      NamesAccepted: ['True', 'NoConflicts'],
      Established: ['True', 'InitialNamesAccepted'],
    });
    const status = mapAt(crd, 'status') ?? {};
    expect(status['acceptedNames']).toEqual({
      plural: 'spools',
      singular: 'spool',
      shortNames: ['spoolsx'],
      kind: 'Spool',
      listKind: 'SpoolList',
    });
    expect(status['storedVersions']).toEqual(['v1']);
    expect(mapAt(crd, 'spec')).toMatchObject({ conversion: { strategy: 'None' } });
    expect(metadataOf(crd)['generation']).toBe(1);
  });

  it('names the mistake when the name is not plural.group', async () => {
    const crd = widgetCrd({ plural: 'levers', kind: 'Lever' });
    crd['metadata'] = { name: 'wrong.example.com' };
    expect(await refusal(crd)).toMatchObject({
      reason: 'Invalid',
      code: 422,
      message: `CustomResourceDefinition.apiextensions.k8s.io "wrong.example.com" is invalid: metadata.name: Invalid value: "wrong.example.com": must be spec.names.plural+"."+spec.group`,
      details: {
        name: 'wrong.example.com',
        group: 'apiextensions.k8s.io',
        kind: 'CustomResourceDefinition',
        causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }],
      },
    });
  });

  it('demands a schema for every version', async () => {
    const version = widgetVersion({ plural: 'levers', kind: 'Lever' });
    delete version['schema'];
    const body = await refusal(widgetCrd({ plural: 'levers', kind: 'Lever', versions: [version] }));
    expect(body['message']).toContain('spec.versions[0].schema.openAPIV3Schema: Required value');
  });

  it('demands exactly one storage version', async () => {
    const version = { ...widgetVersion({ plural: 'levers', kind: 'Lever' }), storage: false };
    const body = await refusal(widgetCrd({ plural: 'levers', kind: 'Lever', versions: [version] }));
    expect(body['message']).toContain('must have exactly one version marked as storage version');
  });

  it('demands a scope that exists', async () => {
    const crd = widgetCrd({ plural: 'levers', kind: 'Lever' });
    (mapAt(crd, 'spec') ?? {})['scope'] = 'Galaxy';
    expect((await refusal(crd))['message']).toContain(
      'spec.scope: Unsupported value: "Galaxy": supported values: "Cluster", "Namespaced"',
    );
  });

  it('does not accept a kind that its group has already', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'pinions', kind: 'Pinion' }));
    const clash = widgetCrd({ plural: 'cogwheels', kind: 'Pinion' });
    expect((await connect().request('POST', CRDS, { body: clash })).status).toBe(201);
    const crd = await eventually(async () => {
      const { body } = await connect().request('GET', `${CRDS}/cogwheels.${GROUP}`);
      return 'Established' in conditionsOf(body) ? body : undefined;
    });
    expect(conditionsOf(crd)).toEqual({
      NamesAccepted: ['False', 'ListKindConflict'],
      Established: ['False', 'NotAccepted'],
    });
    expect((await connect().request('GET', `/apis/${GROUP}/v1/cogwheels`)).status).toBe(404);
  });

  it('serves one object at every served version and warns at a deprecated one', async () => {
    const version = widgetVersion({ plural: 'valves', kind: 'Valve' });
    const versions = [
      { ...version, name: 'v1' },
      { ...version, name: 'v1beta1', storage: false, deprecated: true },
      { ...version, name: 'v1alpha1', storage: false, served: false },
    ];
    await installCrd(connect(), widgetCrd({ plural: 'valves', kind: 'Valve', versions }));
    const namespace = await createNamespace(connect());
    const path = (version: string): string =>
      `/apis/${GROUP}/${version}/namespaces/${namespace}/valves`;
    const created = await connect().request('POST', path('v1beta1'), {
      body: {
        apiVersion: `${GROUP}/v1beta1`,
        kind: 'Valve',
        metadata: { name: 'one' },
        spec: { size: 1 },
      },
    });
    expect(created.status).toBe(201);
    expect(created.headers.warning).toBe(
      `299 - "${GROUP}/v1beta1 Valve is deprecated; use ${GROUP}/v1 Valve"`,
    );
    const stored = await connect().request('GET', `${path('v1')}/one`);
    expect(stored.headers.warning).toBeUndefined();
    expect(stored.body).toMatchObject({
      apiVersion: `${GROUP}/v1`,
      kind: 'Valve',
      spec: { size: 1 },
    });
    expect((await connect().request('GET', path('v1alpha1'))).status).toBe(404);
  });

  it('ends the watches of a resource whose definition changes, and serves the new one', async () => {
    const options = { plural: 'latches', kind: 'Latch' };
    const version = widgetVersion(options);
    await installCrd(connect(), widgetCrd(options));
    const list = await connect().request('GET', `/apis/${GROUP}/v1/latches`);
    const watch = await connect().watch(
      `/apis/${GROUP}/v1/latches?watch=1&resourceVersion=${stringAt(metadataOf(list.body), 'resourceVersion') ?? ''}`,
    );
    const versions = [version, { ...version, name: 'v2', storage: false }];
    const patched = await connect().request('PATCH', `${CRDS}/latches.${GROUP}`, {
      body: { spec: { versions } },
      contentType: 'application/merge-patch+json',
    });
    expect(patched.status).toBe(200);
    await watch.ended();
    await eventually(async () => {
      const { status } = await connect().request('GET', `/apis/${GROUP}/v2/latches`);
      return status === 200 ? true : undefined;
    });
  });

  it('takes its objects and their watches with it when it is deleted', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'belts', kind: 'Belt' }));
    const namespace = await createNamespace(connect());
    const path = `/apis/${GROUP}/v1/namespaces/${namespace}/belts`;
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Belt', metadata: { name: 'one' } };
    await connect().request('POST', path, { body });
    const list = await connect().request('GET', path);
    expect(namesOf(list.body)).toEqual(['one']);
    const version = stringAt(metadataOf(list.body), 'resourceVersion') ?? '';
    const watch = await connect().watch(`${path}?watch=1&resourceVersion=${version}`);
    await connect().request('DELETE', `${CRDS}/belts.${GROUP}`);
    const event = await watch.next();
    expect([event.type, metadataOf(event.object)['name']]).toEqual(['DELETED', 'one']);
    await watch.ended();
    await eventually(async () => {
      const { status } = await connect().request('GET', path);
      return status === 404 ? true : undefined;
    });
    const gone = await connect().request('GET', `${CRDS}/belts.${GROUP}`);
    expect(errorOf(gone.body)).toMatchObject({
      reason: 'NotFound',
      message: `customresourcedefinitions.apiextensions.k8s.io "belts.${GROUP}" not found`,
    });
  });
}
