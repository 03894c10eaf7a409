import { beforeAll, expect, it } from 'vitest';
import { mapAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  unique,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';

/** Server-side apply (KEP-555). */
export function applyContract(connect: () => ContractClient): void {
  let path = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'hinges', kind: 'Hinge' }));
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/hinges`;
  });

  function apply(name: string, query: string, rest: JsonMap): Promise<ContractResponse> {
    const metadata = { name, ...mapAt(rest, 'metadata') };
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Hinge', ...rest, metadata };
    const contentType = APPLY;
    return connect().request('PATCH', `${path}/${name}${query}`, { body, contentType });
  }

  /** manager → the fields it owns. */
  function owned(object: JsonMap): JsonMap {
    const fields: JsonMap = {};
    for (const entry of (metadataOf(object)['managedFields'] ?? []) as JsonMap[]) {
      fields[`${entry['manager'] as string}/${entry['operation'] as string}`] = entry['fieldsV1'];
    }
    return fields;
  }

  it('creates an object and owns what it said', async () => {
    const { status, body } = await apply(unique('h'), '?fieldManager=a', {
      metadata: { labels: { x: 'y' } },
      spec: { size: 1, parts: [{ name: 'pin', count: 2 }] },
    });
    expect(status).toBe(201);
    expect(metadataOf(body)['generation']).toBe(1);
    expect(owned(body)).toEqual({
      'a/Apply': {
        'f:metadata': { 'f:labels': { 'f:x': {} } },
        'f:spec': {
          'f:size': {},
          'f:parts': { 'k:{"name":"pin"}': { '.': {}, 'f:count': {}, 'f:name': {} } },
        },
      },
    });
  });

  it('demands a field manager', async () => {
    const { status, body } = await apply(unique('h'), '', { spec: {} });
    expect([status, body['message']]).toEqual([
      422,
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ]);
  });

  it('refuses to change what somebody else applied, and takes it by force', async () => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', { spec: { size: 1, color: 'red' } });
    const refused = await apply(name, '?fieldManager=b', { spec: { size: 2, color: 'red' } });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "a": .spec.size',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message: 'conflict with "a"', field: '.spec.size' },
        ],
      },
    });
    const forced = await apply(name, '?fieldManager=b&force=true', {
      spec: { size: 2, color: 'red' },
    });
    expect(forced.body['spec']).toEqual({ size: 2, color: 'red' });
    expect(owned(forced.body)).toEqual({
      'a/Apply': { 'f:spec': { 'f:color': {} } },
      'b/Apply': { 'f:spec': { 'f:color': {}, 'f:size': {} } },
    });
  });

  const forces: [string, boolean][] = [
    ['1', true],
    ['', true],
    ['yes', true],
    ['TRUE', true],
    ['0', false],
    ['false', false],
    ['FALSE', false],
  ];
  it.each(forces)('takes force=%s as Go does: %s', async (text, isForce) => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    const { status } = await apply(name, `?fieldManager=b&force=${text}`, { spec: { size: 2 } });
    expect(status).toBe(isForce ? 200 : 409);
  });

  it('names an owner by update with its version, and every conflict by its path', async () => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    await connect().request('PATCH', `${path}/${name}?fieldManager=m`, {
      body: { spec: { size: 5, color: 'red', parts: [{ name: 'pin', count: 1 }] } },
      contentType: MERGE,
    });
    const { body } = await apply(name, '?fieldManager=a', {
      spec: { size: 1, color: 'blue', parts: [{ name: 'pin', count: 9 }] },
    });
    expect(body['message']).toBe(
      `Apply failed with 3 conflicts: conflicts with "m" using ${GROUP}/v1:\n- .spec.color\n- .spec.size\n- .spec.parts[name="pin"].count`,
    );
  });

  it('drops what the manager says no more, unless another one owns it', async () => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', {
      metadata: { labels: { x: 'y' } },
      spec: { size: 1, color: 'red', parts: [{ name: 'pin' }, { name: 'screw' }] },
    });
    await apply(name, '?fieldManager=b', { spec: { color: 'red' } });
    const { body } = await apply(name, '?fieldManager=a', { spec: { parts: [{ name: 'pin' }] } });
    expect(body['spec']).toEqual({ color: 'red', parts: [{ name: 'pin' }] });
    expect(metadataOf(body)['labels']).toBeUndefined();
  });

  it('keeps what holds something that is still owned', async () => {
    const name = unique('h');
    const created = await connect().request('POST', `${path}?fieldManager=m`, {
      body: {
        apiVersion: `${GROUP}/v1`,
        kind: 'Hinge',
        metadata: { name, labels: { x: 'y' } },
        spec: { size: 1, color: 'red', parts: [{ name: 'pin' }] },
      },
    });
    const [entry] = (metadataOf(created.body)['managedFields'] ?? []) as JsonMap[];
    // As kubectl does when it turns to server-side apply: what was updated counts as applied.
    await connect().request('PATCH', `${path}/${name}`, {
      body: { metadata: { managedFields: [{ ...entry, manager: 'a', operation: 'Apply' }] } },
      contentType: MERGE,
    });
    const { body } = await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    expect(body['spec']).toEqual({ size: 1 });
    expect(metadataOf(body)['labels']).toBeUndefined();
    expect(owned(body)).toEqual({ 'a/Apply': { 'f:spec': { 'f:size': {} } } });
  });

  it('merges lists by their keys', async () => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', { spec: { parts: [{ name: 'pin', count: 1 }] } });
    const { body } = await apply(name, '?fieldManager=b', {
      spec: { parts: [{ name: 'screw', count: 2 }] },
    });
    expect(mapAt(body, 'spec')?.['parts']).toEqual(
      expect.arrayContaining([
        { name: 'pin', count: 1 },
        { name: 'screw', count: 2 },
      ]),
    );
  });

  it('keeps the version when the same is applied again', async () => {
    const name = unique('h');
    const first = await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    const second = await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    expect(second.status).toBe(200);
    expect(versionOf(second.body)).toBe(versionOf(first.body));
  });

  it('applies the status alone through its subresource', async () => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    const { body } = await connect().request('PATCH', `${path}/${name}/status?fieldManager=s`, {
      body: {
        apiVersion: `${GROUP}/v1`,
        kind: 'Hinge',
        metadata: { name },
        status: { phase: 'Open' },
      },
      contentType: APPLY,
    });
    expect([body['spec'], body['status']]).toEqual([{ size: 1 }, { phase: 'Open' }]);
    expect(owned(body)).toMatchObject({ 's/Apply': { 'f:status': { 'f:phase': {} } } });
  });

  it('refuses managedFields in what is applied', async () => {
    const { status, body } = await apply(unique('h'), '?fieldManager=a', {
      metadata: { managedFields: [{ manager: 'x' }] },
    });
    expect([status, body['message']]).toEqual([400, 'metadata.managedFields must be nil']);
  });

  it.each([
    [
      {},
      422,
      'spec.parts: Invalid value: "null": spec.parts in body must be of type array: "null"',
    ],
    [{ resourceVersion: '1' }, 409, 'the object has been modified'],
    [{ namespace: 'other' }, 400, 'the namespace of the provided object does not match'],
    [
      { uid: 'other' },
      422,
      '[metadata.uid: Invalid value: "other": field is immutable, spec.parts: Invalid value: "null"',
    ],
  ])('looks at what an object says it is before what is in it: %j', async (said, code, why) => {
    const name = unique('h');
    await apply(name, '?fieldManager=a', { spec: { size: 1 } });
    const { status, body } = await apply(name, '?fieldManager=a', {
      metadata: said,
      spec: { parts: null },
    });
    expect([status, body['message']]).toEqual([code, expect.stringContaining(why)]);
  });

  it.each([
    [{}, 422, 'spec.parts: Invalid value: "null"'],
    [{ namespace: 'other' }, 400, 'the namespace of the provided object does not match'],
    [{ uid: 'other' }, 409, 'and no existing object was found'],
  ])('looks at what a new object says it is before what is in it: %j', async (said, code, why) => {
    const { status, body } = await apply(unique('h'), '?fieldManager=a', {
      metadata: said,
      spec: { parts: null },
    });
    expect([status, body['message']]).toEqual([code, expect.stringContaining(why)]);
  });
}
