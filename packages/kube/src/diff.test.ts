import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDiff } from './apply-diff.ts';
import { diffObjects } from './diff.ts';
import { parseFieldPath } from './field-path.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { jsonEquals, parseJson, stringifyJson } from './lossless-json.ts';
import { jsonValues, keyedObjects } from './testing/arbitrary.ts';

const deployment = parseJson(`{
  "metadata": {"labels": {"app.kubernetes.io/name": "shop"}},
  "spec": {"replicas": 3, "containers": [
    {"name": "web", "image": "nginx:1.25", "ports": [{"containerPort": 80, "protocol": "TCP"}]},
    {"name": "log", "image": "fluent:2", "args": ["-v", "-x"]}]}}`);

function edited(from: string, to: string): JsonValue {
  return parseJson(stringifyJson(deployment).replace(from, to));
}

/** With `__proto__` as a field of its own, as `JSON.parse` makes it. */
function own(fields: Record<string, JsonValue>): JsonObject {
  return Object.fromEntries(Object.entries(fields));
}

describe('diffObjects', () => {
  it('names a changed field of a list item by the key of the item', () => {
    expect(diffObjects(deployment, edited('nginx:1.25', 'nginx:1.26'))).toEqual([
      { path: 'spec.containers[name=web].image', before: 'nginx:1.25', after: 'nginx:1.26' },
    ]);
  });

  it('writes keys that are no plain names in brackets and quotes', () => {
    expect(diffObjects(deployment, edited('"shop"', '"store"'))).toEqual([
      { path: "metadata.labels['app.kubernetes.io/name']", before: 'shop', after: 'store' },
    ]);
  });

  it('makes one change of an item that was added, with its place unless it is the last', () => {
    const items = (text: string) => parseJson(text);
    expect(
      diffObjects(items('[{"name":"b"}]'), items('[{"name":"a","x":{}},{"name":"b"}]')),
    ).toEqual([{ path: '[name=a]', after: { name: 'a', x: {} }, index: 0 }]);
    expect(diffObjects(items('[{"name":"b"}]'), items('[{"name":"b"},{"name":"c"}]'))).toEqual([
      { path: '[name=c]', after: { name: 'c' } },
    ]);
  });

  it('makes one change of an item that was removed, and of a subtree that went', () => {
    const after = parseJson(
      '{"metadata":{},"spec":{"replicas":3,"containers":[{"name":"log","image":"fluent:2","args":["-x"]}]}}',
    );
    expect(diffObjects(deployment, after)).toEqual([
      { path: 'metadata.labels', before: { 'app.kubernetes.io/name': 'shop' } },
      expect.objectContaining({ path: 'spec.containers[name=web]' }),
      { path: 'spec.containers[name=log].args[0]', before: '-v' },
    ]);
  });

  it('tells ports of one number apart by their protocol', () => {
    const before = [
      { port: 53, protocol: 'TCP' },
      { port: 53, protocol: 'UDP', nodePort: 1 },
    ];
    const after = [
      { port: 53, protocol: 'TCP' },
      { port: 53, protocol: 'UDP', nodePort: 2 },
    ];
    expect(diffObjects(before, after)).toEqual([
      { path: '[port=53,protocol=UDP].nodePort', before: 1, after: 2 },
    ]);
  });

  it('says that a keyed list was reordered in one change', () => {
    const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    expect(diffObjects({ x: [a, b, c] }, { x: [c, a, b] })).toEqual([
      {
        path: 'x[*]',
        before: ['name=a', 'name=b', 'name=c'],
        after: ['name=c', 'name=a', 'name=b'],
      },
    ]);
  });

  it('takes the keys that the schema declares', () => {
    const asked: string[] = [];
    const listKeys = (path: string) => {
      asked.push(path);
      return path === 'spec.routes[].rules' ? ['path', 'method'] : undefined;
    };
    const object = (weight: number) => ({
      spec: { routes: [{ name: 'a', rules: [{ path: '/', method: 'GET', weight, name: 'x' }] }] },
    });
    expect(diffObjects(object(1), object(2), { listKeys })).toEqual([
      { path: 'spec.routes[name=a].rules[path=/,method=GET].weight', before: 1, after: 2 },
    ]);
    expect(asked).toEqual(['spec.routes', 'spec.routes[].rules']);
  });

  it('[I29] sees a difference that a double cannot hold, and none where digits are the same', () => {
    const before = parseJson('{"n": 9007199254740992, "m": 0.10}');
    const after = parseJson('{"n": 9007199254740993, "m": 0.10}');
    expect(stringifyJson(diffObjects(before, after) as unknown as JsonValue)).toBe(
      '[{"path":"n","before":9007199254740992,"after":9007199254740993}]',
    );
  });

  it('tells null from absent', () => {
    expect(diffObjects({ a: null }, {})).toEqual([{ path: 'a', before: null }]);
    expect(diffObjects({}, { a: null })).toEqual([{ path: 'a', after: null }]);
  });

  it('finds nothing between equal values', () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(diffObjects(value, parseJson(stringifyJson(value)))).toEqual([]);
      }),
    );
  });

  it('gives the later value again when it is applied to the earlier one', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(jsonValues, jsonValues), fc.tuple(keyedObjects, keyedObjects)),
        ([before, after]) => {
          const copy = stringifyJson(before);
          expect(jsonEquals(applyDiff(before, diffObjects(before, after)), after)).toBe(true);
          expect(stringifyJson(before)).toBe(copy);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the later value again whatever keys a schema declares, and whether the items have them', () => {
    const keyNames = ['zone', 'port', 'a=b', '__proto__', 'x]y'];
    const scalars = fc.constantFrom<JsonValue>('', '1', 1, true, 'true', null, "it's", 'a,b', 'z');
    const items: fc.Arbitrary<JsonValue> = fc.oneof(
      { weight: 6, arbitrary: fc.dictionary(fc.constantFrom(...keyNames, 'n'), scalars).map(own) },
      { weight: 1, arbitrary: scalars },
      { weight: 1, arbitrary: fc.array(scalars, { maxLength: 3 }) },
    );
    const lists = fc.array(items, { maxLength: 5 });
    const objects = fc.dictionary(
      fc.constantFrom('set', 'map', 'atomic'),
      fc.oneof(lists, scalars),
    );
    const nested = fc.tuple(objects, lists).map(([fields, outer]): JsonValue => {
      const routes = outer.map((item, n) => ({
        zone: `z${n % 3}`,
        inner: [item, fields['map'] ?? null],
      }));
      return { ...own(fields), routes };
    });
    const declared = fc.array(fc.subarray(keyNames, { minLength: 1 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(nested, nested, declared, (before, after, keys) => {
        const listKeys = (path: string) => keys[path.length % keys.length];
        const changes = diffObjects(before, after, { listKeys });
        expect(jsonEquals(applyDiff(before, changes), after)).toBe(true);
        for (const { path } of changes) expect(parseFieldPath(path)).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('takes what is nested beyond reason whole, and does not run out of stack', () => {
    const nested = (leaf: number) => {
      let value: JsonValue = leaf;
      for (let level = 0; level < 20_000; level += 1) {
        value = level % 2 === 0 ? [value] : { a: value };
      }
      return value;
    };
    expect(diffObjects(nested(1), nested(1))).toEqual([]);
    expect(diffObjects(nested(1), nested(2))).toHaveLength(1);
  });

  it('writes paths that can be read back', () => {
    fc.assert(
      fc.property(jsonValues, jsonValues, (before, after) => {
        for (const { path } of diffObjects(before, after)) {
          expect(parseFieldPath(path)).toBeDefined();
        }
      }),
    );
  });

  it('reads each value a bounded number of times, however large the objects are', () => {
    const reads = (size: number) => {
      let count = 0;
      const counting = <T extends object>(target: T): T =>
        new Proxy(target, {
          get(object, key, receiver) {
            count += 1;
            const value: unknown = Reflect.get(object, key, receiver);
            return typeof value === 'object' && value !== null ? counting(value) : value;
          },
        });
      const object = (image: string) => ({
        items: Array.from({ length: size }, (_, i) => ({
          name: `item-${i}`,
          image,
          list: [i, [i, i]],
        })),
        args: Array.from({ length: size }, (_, i) => [`a${i}`]),
      });
      const after = object('b');
      after.args.shift();
      diffObjects(counting(object('a')), counting(after));
      return count / size;
    };
    expect(reads(2000) / reads(200)).toBeLessThan(1.1);
    expect(reads(2000)).toBeLessThan(200);
  });
});

describe('applyDiff', () => {
  it('refuses changes that do not fit the object', () => {
    expect(() => applyDiff({}, [{ path: 'spec.replicas', after: 1 }])).toThrow('spec.replicas');
    expect(() => applyDiff([], [{ path: '[name=a]', before: { name: 'a' } }])).toThrow('[name=a]');
    expect(() => applyDiff({}, [{ path: 'a b', after: 1 }])).toThrow('not a field path');
  });
});
