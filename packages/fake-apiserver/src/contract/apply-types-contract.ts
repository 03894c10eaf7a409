import { beforeAll, expect, it } from 'vitest';
import { mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  unique,
  versionOf,
  widgetCrd,
  widgetVersion,
} from './contract-fixtures.ts';

const SPEC: JsonMap = {
  type: 'object',
  properties: {
    size: { type: 'integer' },
    tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    parts: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name', 'port'],
      items: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          port: { type: 'integer', default: 80 },
          note: { type: 'string' },
        },
      },
    },
    solid: {
      type: 'object',
      'x-kubernetes-map-type': 'atomic',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

/** What server-side apply makes of each type of field, and of what is not of its type. */
export function applyTypesContract(connect: () => ContractClient): void {
  let path = '';

  beforeAll(async () => {
    const options = { plural: 'gears', kind: 'Gear' };
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec: SPEC } } };
    await installCrd(
      connect(),
      widgetCrd({ ...options, versions: [{ ...widgetVersion(options), schema }] }),
    );
    path = `/apis/${GROUP}/v1/namespaces/${await createNamespace(connect())}/gears`;
  });

  function apply(name: string, manager: string, rest: JsonMap): Promise<ContractResponse> {
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Gear', metadata: { name }, ...rest };
    return connect().request('PATCH', `${path}/${name}?fieldManager=${manager}`, {
      body,
      contentType: 'application/apply-patch+yaml',
    });
  }

  function fieldsOf(object: JsonMap, manager: string): Json | undefined {
    const entries = (metadataOf(object)['managedFields'] ?? []) as JsonMap[];
    const found = entries.find((entry) => entry['manager'] === manager);
    return mapAt(mapAt(found, 'fieldsV1'), 'f:spec');
  }

  const faults: [JsonMap, string][] = [
    [{ bogus: 1 }, '.spec.bogus: field not declared in schema'],
    [{ size: 'x' }, '.spec.size: expected numeric (int or float), got string'],
    [{ tags: 'x' }, '.spec.tags: expected list, got &{x}'],
    [{ tags: [1] }, '.spec.tags[=1]: expected string, got &value.valueUnstructured{Value:1}'],
    [{ tags: ['a', 'a'] }, '.spec.tags: duplicate entries for key [="a"]'],
    [
      { parts: [{ name: 'a' }, { name: 'a', port: 80 }] },
      '.spec.parts: duplicate entries for key [name="a",port=80]',
    ],
    [
      { parts: ['x'] },
      '.spec.parts: element 0: associative list with keys may not have non-map elements',
    ],
    [
      { parts: [{ name: 'a', bogus: 1 }] },
      '.spec.parts[name="a",port=80].bogus: field not declared in schema',
    ],
    [
      { labels: { a: 5 } },
      '.spec.labels.a: expected string, got &value.valueUnstructured{Value:5}',
    ],
    [{ solid: 5 }, '.spec.solid: expected map, got &{5}'],
  ];
  it.each(faults)('refuses to apply the spec %o', async (spec, why) => {
    const name = unique('g');
    const { status, body } = await apply(name, 'a', { spec });
    expect([status, body['message']]).toEqual([
      500,
      `failed to create typed patch object (/${name}; ${GROUP}/v1, Kind=Gear): ${why}`,
    ]);
  });

  it('names every fault, and faults of metadata too', async () => {
    const name = unique('g');
    const { status, body } = await apply(name, 'a', { metadata: { name, bogus: 1 } });
    expect([status, body['message']]).toEqual([
      500,
      `failed to create typed patch object (/${name}; ${GROUP}/v1, Kind=Gear): .metadata.bogus: field not declared in schema`,
    ]);
  });

  it('refuses another type, and an object that should be there', async () => {
    const name = unique('g');
    const cases: [JsonMap, number, string][] = [
      [{ kind: 'Other' }, 400, `invalid object type: ${GROUP}/v1, Kind=Other`],
      [{ apiVersion: 'v9' }, 400, 'invalid object type: /v9, Kind=Gear'],
      [
        { metadata: {} },
        400,
        `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
      ],
      [
        { metadata: { name, uid: 'zzz' } },
        409,
        `Operation cannot be fulfilled on gears.${GROUP} "${name}": uid mismatch: the provided object specified uid zzz, and no existing object was found`,
      ],
    ];
    for (const [rest, code, message] of cases) {
      const { status, body } = await apply(name, 'a', rest);
      expect([status, body['message']]).toEqual([code, message]);
    }
  });

  it('owns a set by its values, a list by its keys with their defaults, a solid map as one', async () => {
    const { body } = await apply(unique('g'), 'a', {
      spec: {
        tags: ['x', 'y'],
        parts: [{ name: 'a' }, { name: 'a', port: 81, note: 'n' }],
        solid: { a: 'b' },
        labels: { l: 'm' },
        free: { x: { y: [1, 2] }, z: {} },
      },
    });
    expect(fieldsOf(body, 'a')).toEqual({
      'f:tags': { 'v:"x"': {}, 'v:"y"': {} },
      'f:parts': {
        'k:{"name":"a","port":80}': { '.': {}, 'f:name': {} },
        'k:{"name":"a","port":81}': { '.': {}, 'f:name': {}, 'f:port': {}, 'f:note': {} },
      },
      'f:solid': {},
      'f:labels': { 'f:l': {} },
      'f:free': { 'f:x': { '.': {}, 'f:y': {} }, 'f:z': {} },
    });
  });

  it('puts applied items in their order among those of others', async () => {
    const name = unique('g');
    await apply(name, 'a', { spec: { tags: ['a', 'b', 'c'] } });
    const { body } = await apply(name, 'b', { spec: { tags: ['c', 'x', 'a'] } });
    expect(mapAt(body, 'spec')?.['tags']).toEqual(['b', 'c', 'x', 'a']);
  });

  it('drops an item with the last one who applies it', async () => {
    const name = unique('g');
    const part = { name: 'p', note: 'n' };
    await apply(name, 'a', { spec: { parts: [part, { name: 'q' }] } });
    await apply(name, 'b', { spec: { parts: [{ name: 'p' }] } });
    const { body } = await apply(name, 'a', { spec: { parts: [{ name: 'q' }] } });
    expect(mapAt(body, 'spec')?.['parts']).toEqual([
      { name: 'p', port: 80 },
      { name: 'q', port: 80 },
    ]);
  });

  it('has no time for a manager whose apply changed nothing', async () => {
    const name = unique('g');
    await apply(name, 'a', { spec: { size: 1 } });
    const { body } = await apply(name, 'b', { spec: { size: 1 } });
    const entries = (metadataOf(body)['managedFields'] ?? []) as JsonMap[];
    expect(
      entries.map((entry) => [entry['manager'], stringAt(entry, 'time') === undefined]),
    ).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });

  it('takes an object that nobody kept account of for the work of somebody unknown', async () => {
    const name = unique('g');
    const created = await connect().request('POST', path, {
      body: {
        apiVersion: `${GROUP}/v1`,
        kind: 'Gear',
        metadata: { name, managedFields: [{}] },
        spec: { size: 1 },
      },
    });
    await connect().request('PATCH', `${path}/${name}`, {
      body: { metadata: { managedFields: [{}] } },
      contentType: 'application/merge-patch+json',
    });
    const written = await connect().request('PATCH', `${path}/${name}?fieldManager=x`, {
      body: { spec: { size: 2 } },
      contentType: 'application/merge-patch+json',
    });
    expect(Number(versionOf(written.body))).toBeGreaterThan(Number(versionOf(created.body)));
    expect(metadataOf(written.body)['managedFields']).toBeUndefined();
    const refused = await apply(name, 'a', { spec: { size: 3 } });
    expect([refused.status, refused.body['message']]).toEqual([
      409,
      `Apply failed with 1 conflict: conflict with "before-first-apply" using ${GROUP}/v1: .spec.size`,
    ]);
  });
}
