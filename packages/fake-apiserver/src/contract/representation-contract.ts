import { beforeAll, expect, it } from 'vitest';
import { listAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const PARTIAL_LIST = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
const PARTIAL = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';

export function representationContract(connect: () => ContractClient): void {
  let path = '';

  beforeAll(async () => {
    const columns = [
      { name: 'Size', type: 'integer', jsonPath: '.spec.size', description: 'How large' },
      { name: 'Color', type: 'string', jsonPath: '.spec.color', priority: 1 },
      { name: 'First', type: 'string', jsonPath: '.spec.parts[0].name' },
      { name: 'Since', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ];
    await installCrd(connect(), widgetCrd({ plural: 'dials', kind: 'Dial', columns }));
    await installCrd(connect(), widgetCrd({ plural: 'knobs', kind: 'Knob' }));
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}`;
    const dial = { apiVersion: `${GROUP}/v1`, kind: 'Dial' };
    const specs: [string, JsonMap][] = [
      ['full', { size: 3, color: 'red', parts: [{ name: 'hand' }] }],
      ['void', {}],
    ];
    for (const [name, spec] of specs) {
      await connect().request('POST', `${path}/dials`, {
        body: { ...dial, metadata: { name }, spec },
      });
    }
    const knob = { apiVersion: `${GROUP}/v1`, kind: 'Knob', metadata: { name: 'one' } };
    await connect().request('POST', `${path}/knobs`, { body: knob });
  });

  async function get(at: string, accept: string): Promise<JsonMap> {
    const { status, body } = await connect().request('GET', at, { accept });
    expect(status).toBe(200);
    return body;
  }

  const rowsOf = (table: JsonMap): JsonMap[] => listAt(table, 'rows') as JsonMap[];

  it("makes a table of the CRD's printer columns", async () => {
    const table = await get(`${path}/dials`, TABLE);
    expect(table).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(versionOf(table)).toMatch(/^\d+$/);
    const columns = listAt(table, 'columnDefinitions') as JsonMap[];
    expect(
      columns.map(({ name, type, format, priority }) => [name, type, format, priority]),
    ).toEqual([
      ['Name', 'string', 'name', 0],
      ['Size', 'integer', '', 0],
      ['Color', 'string', '', 1],
      ['First', 'string', '', 0],
      ['Since', 'date', '', 0],
    ]);
    expect(columns[1]?.['description']).toBe('How large');
    expect(rowsOf(table).map((row) => listAt(row, 'cells').slice(0, 4))).toEqual([
      ['full', 3, 'red', 'hand'],
      ['void', null, null, null],
    ]);
    expect(listAt(rowsOf(table)[0], 'cells')[4]).toMatch(/^\d+m?s$/);
    expect(rowsOf(table)[0]?.['object']).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'full' },
    });
  });

  it('shows the age when a CRD has no columns', async () => {
    const table = await get(`${path}/knobs`, TABLE);
    const columns = listAt(table, 'columnDefinitions') as JsonMap[];
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['Name', 'string'],
      ['Age', 'date'],
    ]);
  });

  it('carries as much of the object in a row as is asked', async () => {
    const none = await get(`${path}/dials?includeObject=None`, TABLE);
    expect(rowsOf(none)[0]?.['object']).toBeNull();
    const whole = await get(`${path}/dials?includeObject=Object`, TABLE);
    expect(rowsOf(whole)[0]?.['object']).toMatchObject({ kind: 'Dial', spec: { size: 3 } });
  });

  it('makes a table of one object', async () => {
    const table = await get(`${path}/dials/full`, TABLE);
    expect(rowsOf(table).map((row) => listAt(row, 'cells')[0])).toEqual(['full']);
    expect(listAt(table, 'columnDefinitions')).toHaveLength(5);
  });

  it('states the columns in the first event of a watched table alone', async () => {
    const watch = await connect().watch(`${path}/dials?watch=1&resourceVersion=0`, TABLE);
    const first = await watch.next();
    const second = await watch.next();
    watch.close();
    expect([first.type, listAt(first.object, 'columnDefinitions').length]).toEqual(['ADDED', 5]);
    expect(second.object['columnDefinitions']).toBeNull();
    expect(rowsOf(second.object)).toHaveLength(1);
  });

  it('[I25] gives metadata alone', async () => {
    const list = await get(`${path}/dials`, PARTIAL_LIST);
    expect(list).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' });
    const [full] = listAt(list, 'items') as JsonMap[];
    expect(Object.keys(full ?? {}).sort()).toEqual(['apiVersion', 'kind', 'metadata']);
    expect(metadataOf(full ?? {})['name']).toBe('full');
    const one = await get(`${path}/dials/full`, PARTIAL);
    expect(one).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' });
    const watch = await connect().watch(`${path}/dials?watch=1&resourceVersion=0`, PARTIAL);
    const event = await watch.next();
    watch.close();
    expect(event.object).toMatchObject({ kind: 'PartialObjectMetadata' });
    expect(event.object['spec']).toBeUndefined();
  });

  it('answers 406 for a representation that it does not have', async () => {
    const { status, body } = await connect().request('GET', `${path}/dials`, {
      accept: 'application/xml',
    });
    expect([status, body['reason']]).toEqual([406, 'NotAcceptable']);
  });

  it('compresses a large answer when asked', async () => {
    const cm = '/api/v1/namespaces/default/configmaps';
    const body = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'large' },
      data: { text: 'abcdefghij'.repeat(20_000) },
    };
    await connect().request('POST', cm, { body });
    const packed = await connect().request('GET', `${cm}/large`, { acceptEncoding: 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    const plain = await connect().request('GET', `${cm}/large`);
    expect(plain.headers['content-encoding']).toBeUndefined();
    await connect().request('DELETE', `${cm}/large`);
  });
}
