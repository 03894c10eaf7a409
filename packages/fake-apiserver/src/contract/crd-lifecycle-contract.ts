import { expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractWatch } from './contract-client.ts';
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

/** What becomes of a CRD: its names, its conditions, its end. */
export function crdLifecycleContract(connect: () => ContractClient): void {
  const merge = 'application/merge-patch+json';

  function conditionsOf(crd: JsonMap): (readonly unknown[])[] {
    return listAt(mapAt(crd, 'status'), 'conditions')
      .filter((item) => isMap(item))
      .map(({ type, status, reason }) => [type, status, reason]);
  }

  function namesOf(crd: JsonMap): JsonMap {
    return mapAt(mapAt(crd, 'status'), 'acceptedNames') ?? {};
  }

  function patch(name: string, body: JsonMap): Promise<{ status: number; body: JsonMap }> {
    return connect().request('PATCH', `${CRDS}/${name}`, { body, contentType: merge });
  }

  async function get(name: string): Promise<JsonMap> {
    return (await connect().request('GET', `${CRDS}/${name}`)).body;
  }

  /** The states of one CRD that follow, one after the other. */
  async function statesOf(watch: ContractWatch, name: string, count: number): Promise<JsonMap[]> {
    const states: JsonMap[] = [];
    while (states.length < count) {
      const { object } = await watch.next();
      if (metadataOf(object)['name'] === name) states.push(object);
    }
    return states;
  }

  async function watchCrds(): Promise<ContractWatch> {
    const list = await connect().request('GET', CRDS);
    return connect().watch(`${CRDS}?watch=1&resourceVersion=${versionOf(list.body)}`);
  }

  it('accepts the names first and establishes the resource after that', async () => {
    const watch = await watchCrds();
    await connect().request('POST', CRDS, {
      body: widgetCrd({ plural: 'shutters', kind: 'Shutter' }),
    });
    const states = await statesOf(watch, `shutters.${GROUP}`, 3);
    watch.close();
    const accepted = ['NamesAccepted', 'True', 'NoConflicts'];
    expect(states.map((crd) => conditionsOf(crd))).toEqual([
      [],
      [accepted, ['Established', 'False', 'Installing']],
      [accepted, ['Established', 'True', 'InitialNamesAccepted']],
    ]);
    expect(states.map((crd) => metadataOf(crd)['finalizers'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(states.map((crd) => metadataOf(crd)['generation'])).toEqual([1, 1, 1]);
  });

  it('gives the names of a CRD that goes to the one that waits for them', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'grips', kind: 'Grip' }));
    const second = widgetCrd({ plural: 'handles', kind: 'Grip' });
    Object.assign(mapAt(mapAt(second, 'spec'), 'names') ?? {}, { shortNames: ['grips', 'hdl'] });
    await connect().request('POST', CRDS, { body: second });
    const waiting = await eventually(async () => {
      const crd = await get(`handles.${GROUP}`);
      return conditionsOf(crd).length > 0 ? crd : undefined;
    });
    expect(conditionsOf(waiting)).toEqual([
      ['NamesAccepted', 'False', 'ListKindConflict'],
      ['Established', 'False', 'NotAccepted'],
    ]);
    expect(namesOf(waiting)).toEqual({ plural: 'handles', kind: '' });
    await connect().request('DELETE', `${CRDS}/grips.${GROUP}`);
    const established = await eventually(async () => {
      const crd = await get(`handles.${GROUP}`);
      return conditionsOf(crd).some(([type, status]) => type === 'Established' && status === 'True')
        ? crd
        : undefined;
    });
    expect(namesOf(established)).toEqual({
      plural: 'handles',
      singular: 'grip',
      shortNames: ['grips', 'hdl'],
      kind: 'Grip',
      listKind: 'GripList',
    });
  });

  it('keeps serving under the old names when new ones are not to be had', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'rivets', kind: 'Rivet' }));
    await installCrd(connect(), widgetCrd({ plural: 'nuts', kind: 'Nut' }));
    await patch(`nuts.${GROUP}`, {
      spec: { names: { shortNames: ['rivetsx'], categories: ['kit'] } },
    });
    const crd = await eventually(async () => {
      const found = await get(`nuts.${GROUP}`);
      return namesOf(found)['categories'] === undefined ? undefined : found;
    });
    const message = '"rivetsx" is already in use';
    expect(listAt(mapAt(crd, 'status'), 'conditions')).toMatchObject([
      { type: 'NamesAccepted', status: 'False', reason: 'ShortNamesConflict', message },
      { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
    ]);
    expect(namesOf(crd)).toMatchObject({ shortNames: ['nutsx'], categories: ['kit'] });
    await eventually(async () => {
      const { status } = await connect().request('GET', `/apis/${GROUP}/v1/nuts`);
      return status === 200 ? true : undefined;
    });
  });

  it('does not let the kind, the scope, the group or the plural be changed', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'rods', kind: 'Rod' }));
    const changed = await patch(`rods.${GROUP}`, {
      spec: { scope: 'Cluster', names: { kind: 'Pole', plural: 'poles' } },
    });
    expect(changed.status).toBe(422);
    expect(changed.body['message']).toBe(
      `CustomResourceDefinition.apiextensions.k8s.io "rods.${GROUP}" is invalid: [spec.scope: Invalid value: "Cluster": field is immutable, spec.names.kind: Invalid value: "Pole": field is immutable, spec.names.plural: Invalid value: "poles": field is immutable]`,
    );
  });

  it('says whether a group of the community is approved', async () => {
    const crd = widgetCrd({ plural: 'seals', kind: 'Seal' });
    crd['metadata'] = {
      name: 'seals.contract.k8s.io',
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
    };
    Object.assign(mapAt(crd, 'spec') ?? {}, { group: 'contract.k8s.io' });
    expect((await connect().request('POST', CRDS, { body: crd })).status).toBe(201);
    const approval = async (status: string): Promise<JsonMap> =>
      eventually(async () => {
        const found = await get('seals.contract.k8s.io');
        const condition = listAt(mapAt(found, 'status'), 'conditions')
          .filter((item) => isMap(item))
          .find((item) => item['type'] === 'KubernetesAPIApprovalPolicyConformant');
        return condition?.['status'] === status ? condition : undefined;
      });
    expect(await approval('False')).toMatchObject({
      reason: 'UnapprovedAnnotation',
      message: 'not approved: "unapproved, for tests"',
    });
    const url = 'https://github.com/kubernetes/enhancements';
    await patch('seals.contract.k8s.io', {
      metadata: { annotations: { 'api-approved.kubernetes.io': url } },
    });
    expect(await approval('True')).toMatchObject({
      reason: 'ApprovedAnnotation',
      message: `approved in ${url}`,
    });
  });

  it('takes no new objects while it ends, and ends when the last of them is let go', async () => {
    await installCrd(connect(), widgetCrd({ plural: 'tubes', kind: 'Tube' }));
    const namespace = await createNamespace(connect());
    const path = `/apis/${GROUP}/v1/namespaces/${namespace}/tubes`;
    const tube = (name: string, finalizers: string[] = []): JsonMap => ({
      apiVersion: `${GROUP}/v1`,
      kind: 'Tube',
      metadata: { name, finalizers },
    });
    await connect().request('POST', path, { body: tube('held', ['example.com/hold']) });
    const deleted = await connect().request('DELETE', `${CRDS}/tubes.${GROUP}`);
    expect([deleted.status, deleted.body['kind'], metadataOf(deleted.body)['finalizers']]).toEqual([
      200,
      'CustomResourceDefinition',
      ['customresourcecleanup.apiextensions.k8s.io'],
    ]);
    expect(conditionsOf(deleted.body).at(-1)).toEqual([
      'Terminating',
      'True',
      'InstanceDeletionPending',
    ]);
    const refused = await eventually(async () => {
      const answer = await connect().request('POST', path, { body: tube('new') });
      return answer.status === 403 ? answer : undefined;
    });
    expect(refused.body['message']).toBe(
      `tubes.${GROUP} "new" is forbidden: create not allowed while custom resource definition is terminating`,
    );
    await eventually(async () => {
      const held = await connect().request('GET', `${path}/held`);
      return metadataOf(held.body)['deletionTimestamp'] === undefined ? undefined : true;
    });
    expect(conditionsOf(await get(`tubes.${GROUP}`)).at(-1)).toEqual([
      'Terminating',
      'True',
      'InstanceDeletionInProgress',
    ]);
    await connect().request('PATCH', `${path}/held`, {
      body: { metadata: { finalizers: null } },
      contentType: merge,
    });
    await eventually(async () =>
      stringAt(await get(`tubes.${GROUP}`), 'reason') === 'NotFound' ? true : undefined,
    );
  });

  it('serves a resource that comes again, without the objects of before', async () => {
    const crd = widgetCrd({ plural: 'wicks', kind: 'Wick' });
    await installCrd(connect(), crd);
    const namespace = await createNamespace(connect());
    const path = `/apis/${GROUP}/v1/namespaces/${namespace}/wicks`;
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Wick', metadata: { name: 'one' } };
    await connect().request('POST', path, { body });
    await connect().request('DELETE', `${CRDS}/wicks.${GROUP}`);
    await eventually(async () =>
      (await connect().request('GET', `${CRDS}/wicks.${GROUP}`)).status === 404 ? true : undefined,
    );
    await installCrd(connect(), crd);
    const list = await connect().request('GET', path);
    expect(listAt(list.body, 'items')).toEqual([]);
  });
}
