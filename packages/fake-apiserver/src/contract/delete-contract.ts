import { expect, it } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  errorOf,
  GROUP,
  metadataOf,
  namesOf,
  unique,
  versionOf,
} from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

export function deleteContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  it('marks an object that a finalizer holds, and removes it with the last one', async () => {
    const object = await motors.created(undefined, { finalizers: ['example.com/hold'] });
    const deleted = await connect().request('DELETE', motors.urlOf(object));
    expect(deleted.status).toBe(200);
    expect(metadataOf(deleted.body)).toMatchObject({
      deletionTimestamp: expect.any(String) as unknown,
      deletionGracePeriodSeconds: 0,
      generation: 2,
    });
    const more = await motors.put({
      ...deleted.body,
      metadata: {
        ...metadataOf(deleted.body),
        finalizers: ['example.com/hold', 'example.com/more'],
      },
    });
    expect(more.status).toBe(422);
    expect(more.body['message']).toContain(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
    );
    const { finalizers: _finalizers, ...metadata } = metadataOf(deleted.body);
    expect((await motors.put({ ...deleted.body, metadata })).status).toBe(200);
    expect((await connect().request('GET', motors.urlOf(object))).status).toBe(404);
  });

  it('answers a deletion with the uid of what has gone', async () => {
    const object = await motors.created();
    const { status, body } = await connect().request('DELETE', motors.urlOf(object), {
      body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' },
    });
    expect(status).toBe(200);
    const { name, uid } = metadataOf(object);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name, group: GROUP, kind: 'motors', uid },
    });
    const again = await connect().request('DELETE', motors.urlOf(object));
    expect(errorOf(again.body)).toMatchObject({
      code: 404,
      message: `motors.${GROUP} "${name as string}" not found`,
    });
  });

  it('deletes only what meets the preconditions', async () => {
    const object = await motors.created();
    const attempt = (preconditions: JsonMap): Promise<ContractResponse> =>
      connect().request('DELETE', motors.urlOf(object), {
        body: { kind: 'DeleteOptions', apiVersion: 'v1', preconditions },
      });
    const wrong = await attempt({ uid: 'other' });
    expect(wrong.status).toBe(409);
    expect(wrong.body['message']).toContain(
      `the UID in the precondition (other) does not match the UID in record (${stringAt(metadataOf(object), 'uid') ?? ''}). The object might have been deleted and then recreated`,
    );
    expect((await attempt({ resourceVersion: '1' })).status).toBe(409);
    expect((await attempt({ resourceVersion: versionOf(object) })).status).toBe(200);
  });

  it('takes preconditions from the query of a deletion without a body', async () => {
    const object = await motors.created();
    const attempt = async (query: string): Promise<number> =>
      (await connect().request('DELETE', `${motors.urlOf(object)}?${query}`)).status;
    expect(await attempt('uid=other')).toBe(409);
    expect(await attempt('resourceVersion=0')).toBe(409);
    expect(await attempt(`resourceVersion=${versionOf(object)}&uid=`)).toBe(200);
  });

  it('does not delete the namespaces that a cluster cannot be without', async () => {
    const { status, body } = await connect().request('DELETE', '/api/v1/namespaces/default');
    expect([status, body['reason'], body['message']]).toEqual([
      403,
      'Forbidden',
      'namespaces "default" is forbidden: this namespace may not be deleted',
    ]);
  });

  it('deletes a collection by its labels', async () => {
    const label = unique('group');
    for (const name of [unique('a'), unique('b')]) {
      await motors.create(motor({ name, labels: { group: label } }));
    }
    const kept = await motors.created();
    const selector = `labelSelector=group%3D${label}`;
    expect((await connect().request('DELETE', `${motors.path}?${selector}`)).status).toBe(200);
    const list = await connect().request('GET', `${motors.path}?${selector}`);
    expect(namesOf(list.body)).toEqual([]);
    expect((await connect().request('GET', motors.urlOf(kept))).status).toBe(200);
  });

  /** Motors that a label tells from the others, under names in this order. */
  async function labelled(names: readonly string[]): Promise<string> {
    const group = unique('group');
    for (const name of names) {
      await motors.create(motor({ name: `${group}-${name}`, labels: { group } }));
    }
    return group;
  }

  it('deletes a collection page by page, and says how it goes on', async () => {
    const configMaps = `/api/v1/namespaces/${await createNamespace(connect())}/configmaps`;
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
      await connect().request('POST', configMaps, { body });
    }
    const left = async (): Promise<string[]> =>
      namesOf((await connect().request('GET', configMaps)).body);
    const planned = await connect().request('DELETE', `${configMaps}?limit=2&dryRun=All`);
    expect([namesOf(planned.body), (await left()).length]).toEqual([['a', 'b'], 5]);
    const first = await connect().request('DELETE', `${configMaps}?limit=2`);
    expect([first.status, first.body['kind'], namesOf(first.body)]).toEqual([
      200,
      'ConfigMapList',
      ['a', 'b'],
    ]);
    expect(metadataOf(first.body)['remainingItemCount']).toBe(3);
    expect(await left()).toEqual(['c', 'd', 'e']);
    const next = encodeURIComponent(stringAt(metadataOf(first.body), 'continue') ?? '');
    const body = { kind: 'DeleteOptions', apiVersion: 'v1' };
    const second = await connect().request('DELETE', `${configMaps}?limit=2&continue=${next}`, {
      body,
    });
    expect([namesOf(second.body), versionOf(second.body)]).toEqual([
      ['c', 'd'],
      versionOf(first.body),
    ]);
    expect(await left()).toEqual(['e']);
  });

  it('deletes of a past collection what is still there', async () => {
    const group = await labelled(['a', 'b', 'c']);
    const all = `${motors.path}?labelSelector=group%3D${group}`;
    const first = await connect().request('GET', `${all}&limit=1`);
    const next = encodeURIComponent(stringAt(metadataOf(first.body), 'continue') ?? '');
    await connect().request('DELETE', `${motors.path}/${group}-b`);
    const { status, body } = await connect().request('DELETE', `${all}&continue=${next}`);
    expect([status, namesOf(body)]).toEqual([200, [`${group}-b`, `${group}-c`]]);
    const { body: list } = await connect().request('GET', all);
    expect(namesOf(list)).toEqual([`${group}-a`]);
  });

  it.each([
    ['limit=two', 400, 'strconv.ParseInt: parsing "two": invalid syntax'],
    [
      'resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
  ])('refuses to delete a collection with %s', async (query, code, message) => {
    const { status, body } = await connect().request('DELETE', `${motors.path}?${query}`);
    expect([status, body['message']]).toEqual([code, message]);
  });
}
