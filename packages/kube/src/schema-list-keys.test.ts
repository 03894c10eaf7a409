import { describe, expect, it } from 'vitest';
import { diffObjects } from './diff.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { schemaListKeys } from './schema-list-keys.ts';

const keyed = (keys: string[], items: JsonObject = { type: 'object' }): JsonObject => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  items,
});
const schema: JsonObject = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        routes: keyed(['host', 'weight'], {
          type: 'object',
          properties: { backends: keyed(['zone']) },
        }),
        atomic: { type: 'array', 'x-kubernetes-list-type': 'atomic', items: {} },
        teams: { type: 'object', additionalProperties: keyed(['who']) },
        'a.b': keyed(['dotted']),
      },
    },
  },
};

describe('the keys that a schema declares for a list', () => {
  const keys = schemaListKeys(schema);

  it.each([
    ['spec.routes', ['host', 'weight']],
    ['spec.routes[].backends', ['zone']],
    ['spec.teams.web', ['who']],
    ["spec['a.b']", ['dotted']],
  ])('are found at %s', (path, expected) => {
    expect(keys(path)).toEqual(expected);
    expect(keys(path)).toEqual(expected);
  });

  it.each(['spec.atomic', 'spec.unknown', 'spec.routes[].backends[].deep', '', 'spec.constructor'])(
    'are none at "%s"',
    (path) => {
      expect(keys(path)).toBeUndefined();
    },
  );

  it('are found among however many names, of which it keeps only some', () => {
    const reads: string[] = [];
    const counting = new Proxy(schema, {
      get(target, name) {
        reads.push(String(name));
        return Reflect.get(target, name) as JsonValue;
      },
    });
    const answers = schemaListKeys(counting);
    const ask = (n: number) => answers(`spec.teams.team${n}`);
    for (let n = 0; n < 5000; n += 1) expect(ask(n)).toEqual(['who']);
    const before = reads.length;
    expect([ask(0), ask(4999)]).toEqual([['who'], ['who']]);
    // The first is known; the last is read again.
    expect(reads.length).toBeGreaterThan(before);
    expect(reads.length - before).toBeLessThan((before / 5000) * 2);
  });

  it('tell items apart in a diff where no natural key does', () => {
    const routes = (zone: string): JsonObject => ({
      spec: {
        routes: [
          { host: 'a', weight: 1, backends: [{ zone: 'x', port: 1 }] },
          { host: 'a', weight: 2, backends: [{ zone, port: 1 }] },
        ],
      },
    });
    expect(diffObjects(routes('y'), routes('z'), { listKeys: keys })).toMatchObject([
      { path: 'spec.routes[host=a,weight=2].backends[zone=y]' },
      { path: 'spec.routes[host=a,weight=2].backends[zone=z]' },
    ]);
  });
});
