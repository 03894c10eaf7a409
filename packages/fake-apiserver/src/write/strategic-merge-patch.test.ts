import { describe, expect, it } from 'vitest';
import type { JsonMap } from '../json.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';

const list = (strategy: string, key?: string, items: JsonMap = {}): JsonMap => ({
  'x-kubernetes-patch-strategy': strategy,
  ...(key === undefined ? {} : { 'x-kubernetes-patch-merge-key': key }),
  items,
});

const SCHEMA: JsonMap = {
  properties: {
    containers: list('merge', 'name', { properties: { env: list('merge', 'name') } }),
    volumes: list('merge,retainKeys', 'name'),
    ports: list('merge', 'port'),
    finalizers: list('merge'),
    args: {},
  },
};

describe('strategic merge patch', () => {
  const cases: [string, JsonMap, JsonMap, JsonMap][] = [
    [
      'merges maps and deletes by null',
      { a: 1, b: { c: 1 } },
      { a: null, b: { d: 2 } },
      { b: { c: 1, d: 2 } },
    ],
    [
      'merges containers by name and puts them in the order of the patch',
      { containers: [{ name: 'a', image: '1', env: [{ name: 'X', value: '1' }] }] },
      {
        containers: [
          { name: 'b', image: '2' },
          { name: 'a', env: [{ name: 'Y', value: '2' }] },
        ],
      },
      {
        containers: [
          { name: 'b', image: '2' },
          {
            name: 'a',
            image: '1',
            env: [
              { name: 'Y', value: '2' },
              { name: 'X', value: '1' },
            ],
          },
        ],
      },
    ],
    [
      'puts a new item before those it leaves alone',
      { containers: [{ name: 'a' }, { name: 'b' }] },
      { containers: [{ name: 'c' }] },
      { containers: [{ name: 'c' }, { name: 'a' }, { name: 'b' }] },
    ],
    [
      'keeps the place of an item among those it leaves alone',
      { containers: [{ name: 'a' }, { name: 'b' }] },
      { containers: [{ name: 'b', image: '2' }] },
      { containers: [{ name: 'a' }, { name: 'b', image: '2' }] },
    ],
    [
      'takes the order that $setElementOrder says',
      { containers: [{ name: 'a' }, { name: 'other' }, { name: 'b' }] },
      {
        '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }, { name: 'c' }],
        containers: [{ name: 'c' }],
      },
      { containers: [{ name: 'other' }, { name: 'b' }, { name: 'a' }, { name: 'c' }] },
    ],
    ['replaces a list without a merge key', { args: ['a'] }, { args: ['b'] }, { args: ['b'] }],
    [
      'deletes an item by $patch',
      { volumes: [{ name: 'a' }, { name: 'b' }] },
      { volumes: [{ name: 'a', $patch: 'delete' }] },
      { volumes: [{ name: 'b' }] },
    ],
    [
      'replaces a map by $patch',
      { spec: { a: 1 } },
      { spec: { b: 2, $patch: 'replace' } },
      { spec: { b: 2 } },
    ],
    [
      'keeps only the keys of $retainKeys',
      { strategy: { type: 'RollingUpdate', rollingUpdate: {} } },
      { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      { strategy: { type: 'Recreate' } },
    ],
    [
      'takes items out of a set, and ignores the order it asks for',
      { finalizers: ['a', 'b'] },
      { '$deleteFromPrimitiveList/finalizers': ['a'], '$setElementOrder/finalizers': ['b'] },
      { finalizers: ['b'] },
    ],
    ['joins sets', { finalizers: ['a'] }, { finalizers: ['a', 'b'] }, { finalizers: ['a', 'b'] }],
    [
      'merges the ports of a Service by port',
      { ports: [{ port: 80, name: 'http' }] },
      { ports: [{ port: 80, targetPort: 8080 }] },
      { ports: [{ port: 80, name: 'http', targetPort: 8080 }] },
    ],
  ];
  it.each(cases)('%s', (_name, target, patch, expected) => {
    expect(strategicMergePatch(target, patch, SCHEMA)).toEqual(expected);
  });
});
