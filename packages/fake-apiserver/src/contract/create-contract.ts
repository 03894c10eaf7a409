import { expect, it } from 'vitest';
import { mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import { GROUP, metadataOf, unique } from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

export function createContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  it('fills in what the server alone may say', async () => {
    const object = await motors.created({ spec: { size: 1 }, status: { phase: 'Ignored' } });
    expect(object).toMatchObject({ apiVersion: `${GROUP}/v1`, kind: 'Motor', spec: { size: 1 } });
    expect(object['status']).toBeUndefined();
    expect(metadataOf(object)).toMatchObject({
      generation: 1,
      uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown,
      creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
      resourceVersion: expect.stringMatching(/^\d+$/) as unknown,
    });
  });

  it('makes a name from generateName', async () => {
    const { status, body } = await motors.create(motor({ generateName: 'made-' }));
    expect(status).toBe(201);
    expect(metadataOf(body)['name']).toMatch(/^made-[b-z2-9]{5}$/);
  });

  it('refuses a second object of the same name', async () => {
    const object = await motors.created();
    const name = stringAt(metadataOf(object), 'name') ?? '';
    const { status, body } = await motors.create(motor({ name }));
    expect(status).toBe(409);
    expect(body).toMatchObject({
      reason: 'AlreadyExists',
      message: `motors.${GROUP} "${name}" already exists`,
      details: { name, group: GROUP, kind: 'motors' },
    });
  });

  it('says what is missing or wrong in a new object', async () => {
    const cases: [JsonMap, number, string][] = [
      [
        motor({}),
        422,
        `Motor.${GROUP} "" is invalid: metadata.name: Required value: name or generateName is required`,
      ],
      [
        motor({ name: 'Upper' }),
        422,
        `Motor.${GROUP} "Upper" is invalid: metadata.name: Invalid value: "Upper": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      ],
      [
        motor({ name: 'x', resourceVersion: '1' }),
        500,
        'resourceVersion should not be set on objects to be created',
      ],
      [
        motor({ name: 'x', namespace: 'elsewhere' }),
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
    ];
    for (const [body, status, message] of cases) {
      const answer = await motors.create(body);
      expect([answer.status, answer.body['message']]).toEqual([status, message]);
    }
  });

  it('refuses an object in a namespace that is not there', async () => {
    const { status, body } = await connect().request(
      'POST',
      `/apis/${GROUP}/v1/namespaces/nowhere/motors`,
      { body: motor({ name: 'x' }) },
    );
    expect(status).toBe(404);
    expect(body).toMatchObject({
      reason: 'NotFound',
      message: 'namespaces "nowhere" not found',
      details: { name: 'nowhere', kind: 'namespaces' },
    });
  });

  it('answers 400 for a body that is no JSON', async () => {
    const { status, body } = await connect().request('POST', motors.path, { body: '{"a":' });
    expect([status, body['kind'], body['reason']]).toEqual([400, 'Status', 'BadRequest']);
  });

  it('answers 415 for a body of an unknown type', async () => {
    const { status, body } = await connect().request('POST', motors.path, {
      body: 'x',
      contentType: 'text/plain',
    });
    expect([status, body['reason']]).toEqual([415, 'UnsupportedMediaType']);
  });

  it('takes YAML', async () => {
    const name = unique('yaml');
    const body = `apiVersion: ${GROUP}/v1\nkind: Motor\nmetadata:\n  name: ${name}\nspec:\n  size: 3\n`;
    const answer = await connect().request('POST', motors.path, {
      body,
      contentType: 'application/yaml',
    });
    expect(answer.status).toBe(201);
    expect(answer.body['spec']).toEqual({ size: 3 });
  });

  it('[I29] keeps the digits of an int64 that a double cannot hold', async () => {
    const name = unique('big');
    const text = `{"apiVersion":"${GROUP}/v1","kind":"Motor","metadata":{"name":"${name}"},"spec":{"size":1795351674012986412}}`;
    const { text: answer } = await connect().request('POST', motors.path, { body: text });
    expect(answer).toContain('"size":1795351674012986412');
    expect((await connect().request('GET', `${motors.path}/${name}`)).text).toContain(
      '"size":1795351674012986412',
    );
  });

  it('changes nothing in a dry run', async () => {
    const name = unique('dry');
    const answer = await connect().request('POST', `${motors.path}?dryRun=All`, {
      body: motor({ name }),
    });
    expect(answer.status).toBe(201);
    expect((await connect().request('GET', `${motors.path}/${name}`)).status).toBe(404);
  });

  it('refuses an object that etcd would not take', async () => {
    const { status, body } = await motors.create(
      motor({ name: unique('huge') }, { spec: { color: 'x'.repeat(1_600_000) } }),
    );
    expect([status, body['message']]).toEqual([500, 'etcdserver: request is too large']);
    expect(mapAt(body, 'metadata')).toEqual({});
  });
}
