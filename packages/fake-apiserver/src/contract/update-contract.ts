import { expect, it } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import { GROUP, metadataOf, unique, versionOf } from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

export function updateContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  it('refuses a stale write and tells what to do', async () => {
    const object = await motors.created();
    const second = { ...object, spec: { size: 2 } };
    expect((await motors.put(second)).status).toBe(200);
    const { status, body } = await motors.put({ ...object, spec: { size: 3 } });
    expect(status).toBe(409);
    const name = stringAt(metadataOf(object), 'name') ?? '';
    expect(body).toMatchObject({
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on motors.${GROUP} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      details: { name, group: GROUP, kind: 'motors' },
    });
  });

  it('demands the version of a custom resource that is replaced', async () => {
    const object = await motors.created();
    delete metadataOf(object)['resourceVersion'];
    const { status, body } = await motors.put(object);
    expect(status).toBe(422);
    expect(body['message']).toContain(
      'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
  });

  it('replaces a built-in object without its version', async () => {
    const name = unique('cm');
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '1' } };
    await connect().request('POST', motors.configMaps, { body });
    const answer = await connect().request('PUT', `${motors.configMaps}/${name}`, {
      body: { ...body, data: { a: '2' } },
    });
    expect(answer.status).toBe(200);
    expect(answer.body['data']).toEqual({ a: '2' });
  });

  it('keeps the version when a write changes nothing', async () => {
    const object = await motors.created();
    const { status, body } = await motors.put(object);
    expect(status).toBe(200);
    expect(versionOf(body)).toBe(versionOf(object));
  });

  it('raises the generation for everything outside metadata and status', async () => {
    const object = await motors.created();
    const labelled = await motors.put({
      ...object,
      metadata: { ...metadataOf(object), labels: { a: 'b' } },
    });
    expect(metadataOf(labelled.body)['generation']).toBe(1);
    const status = await motors.put({ ...labelled.body, status: { phase: 'Running' } }, '/status');
    expect(metadataOf(status.body)['generation']).toBe(1);
    const spec = await motors.put({ ...status.body, spec: { size: 9 } });
    expect(metadataOf(spec.body)['generation']).toBe(2);
  });

  it('keeps spec and status apart where there is a status subresource', async () => {
    const object = await motors.created();
    const both = { ...object, spec: { size: 5 }, status: { phase: 'Running' } };
    const main = await motors.put(both);
    expect([main.body['spec'], main.body['status']]).toEqual([{ size: 5 }, undefined]);
    const status = await motors.put(
      { ...main.body, spec: { size: 6 }, status: { phase: 'Running' } },
      '/status',
    );
    expect([status.body['spec'], status.body['status']]).toEqual([
      { size: 5 },
      { phase: 'Running' },
    ]);
    expect((await connect().request('GET', `${motors.urlOf(object)}/status`)).body).toEqual(
      status.body,
    );
  });

  it('raises the generation for a status write too where there is no subresource', async () => {
    const name = unique('p');
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Plain', metadata: { name }, spec: {} };
    const first = await connect().request('POST', motors.plainPath, { body });
    const answer = await connect().request('PUT', `${motors.plainPath}/${name}`, {
      body: { ...first.body, status: { phase: 'Running' } },
    });
    expect(answer.body['status']).toEqual({ phase: 'Running' });
    expect(metadataOf(answer.body)['generation']).toBe(2);
    expect((await connect().request('GET', `${motors.plainPath}/${name}/status`)).status).toBe(404);
  });

  it('does not let a write change what the server keeps', async () => {
    const object = await motors.created();
    const { body } = await motors.put({
      ...object,
      metadata: {
        ...metadataOf(object),
        creationTimestamp: '2001-01-01T00:00:00Z',
        generation: 99,
        labels: { a: 'b' },
      },
    });
    const before = metadataOf(object);
    expect(metadataOf(body)).toMatchObject({
      uid: before['uid'],
      creationTimestamp: before['creationTimestamp'],
      generation: 1,
    });
  });

  it('records who set which field', async () => {
    const name = unique('who');
    const first = await connect().request('POST', `${motors.path}?fieldManager=maker`, {
      body: motor({ name, labels: { a: 'b' } }, { spec: { size: 1, color: 'red' } }),
    });
    expect(managers(first.body)).toEqual([
      {
        manager: 'maker',
        operation: 'Update',
        apiVersion: `${GROUP}/v1`,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
          'f:spec': { '.': {}, 'f:color': {}, 'f:size': {} },
        },
      },
    ]);
    const second = await connect().request('PUT', `${motors.path}/${name}`, {
      userAgent: 'painter/v1.2 (linux)',
      body: { ...first.body, spec: { size: 1, color: 'blue' } },
    });
    expect(managers(second.body).map((entry) => [entry['manager'], entry['fieldsV1']])).toEqual(
      expect.arrayContaining([
        [
          'maker',
          {
            'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
            'f:spec': { '.': {}, 'f:size': {} },
          },
        ],
        ['painter', { 'f:spec': { 'f:color': {} } }],
      ]) as unknown,
    );
    const third = await connect().request(
      'PUT',
      `${motors.path}/${name}/status?fieldManager=watcher`,
      {
        body: { ...second.body, status: { phase: 'Running' } },
      },
    );
    expect(managers(third.body)).toContainEqual({
      manager: 'watcher',
      operation: 'Update',
      apiVersion: `${GROUP}/v1`,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:status': { '.': {}, 'f:phase': {} } },
      subresource: 'status',
    });
  });

  it('lets a write edit and clear the managed fields themselves', async () => {
    const name = unique('edit');
    const first = await connect().request('POST', `${motors.path}?fieldManager=maker`, {
      body: motor({ name }),
    });
    const entries = managers(first.body).map((entry) => ({ ...entry, manager: 'heir' }));
    const second = await connect().request('PATCH', `${motors.path}/${name}?fieldManager=x`, {
      body: [{ op: 'replace', path: '/metadata/managedFields', value: entries }],
      contentType: 'application/json-patch+json',
    });
    expect(managers(second.body).map((entry) => entry['manager'])).toEqual(['heir']);
    const third = await connect().request('PATCH', `${motors.path}/${name}?fieldManager=x`, {
      body: { metadata: { managedFields: [{}] } },
      contentType: 'application/merge-patch+json',
    });
    expect(metadataOf(third.body)['managedFields']).toBeUndefined();
  });

  function managers(object: JsonMap): JsonMap[] {
    const entries = (metadataOf(object)['managedFields'] ?? []) as JsonMap[];
    return entries.map(({ time: _time, ...entry }) => entry);
  }
}
