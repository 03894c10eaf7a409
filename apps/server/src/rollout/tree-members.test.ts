import type { ObjectHandle, OwnerReference } from '@kindscope/informer';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTreeMembers, mostLevels, type TreeEntry, type TreeMembers } from './tree-members.ts';

let members: TreeMembers;
let told: string[];

beforeEach(() => {
  told = [];
  members = createTreeMembers({
    onJoin: ({ handle }) => told.push(`+${handle.uid}`),
    onLeave: (uid) => told.push(`-${uid}`),
  });
});

/** An object of this uid; the last of its owners is its controller. */
function entry(uid: string, owners: readonly string[], kind = 'things'): TreeEntry {
  const ownerReferences = owners.map((owner, place): OwnerReference => {
    const controller = place === owners.length - 1;
    return { apiVersion: 'v1', kind: 'Thing', name: owner, uid: owner, controller };
  });
  return { kind, handle: { uid, ownerReferences } as unknown as ObjectHandle, metadataOnly: false };
}

function put(uid: string, ...owners: string[]): boolean {
  return members.put(entry(uid, owners));
}

function plant(uid: string): void {
  members.setRoot(uid);
  put(uid);
}

/** `parent>uid` of all that is there. */
function shape(): string[] {
  return [...members.uids()].map((uid) => `${members.parentOf(uid) ?? ''}>${uid}`).sort();
}

describe('members of a tree', () => {
  it('are found over any number of levels, in whatever order they come', () => {
    put('pod', 'set');
    put('set', 'root');
    expect(shape()).toEqual([]);
    plant('root');
    expect(shape()).toEqual(['>root', 'root>set', 'set>pod']);
    expect(told.toSorted()).toEqual(['+pod', '+root', '+set']);
  });

  it('are found however many one owns', () => {
    for (let n = 0; n < 200_000; n += 1) put(`pod-${n}`, 'root');
    plant('root');
    expect(members.size).toBe(200_001);
  });

  it('end at a depth that nothing real has, and say so', () => {
    plant('root');
    const chain = Array.from({ length: 2_500 }, (_, n) => `n${n}`);
    for (const [n, uid] of chain.entries()) put(uid, chain[n - 1] ?? 'root');
    expect(members.size).toBe(1 + mostLevels);
    expect(members.tooDeep).toBe(true);
    members.remove('things', `n${mostLevels}`);
    expect(members.tooDeep).toBe(false);
    put(`n${mostLevels}`, 'n5');
    expect(members.parentOf(`n${mostLevels}`)).toBe('n5');
    expect([members.size, members.tooDeep]).toEqual([1 + mostLevels + mostLevels - 6, true]);
    plant('another');
    expect([members.size, members.tooDeep]).toEqual([1, false]);
  });

  it('do not include what others own, or nobody', () => {
    plant('root');
    expect(put('stray')).toBe(false);
    expect(put('theirs', 'somebody')).toBe(false);
    expect(shape()).toEqual(['>root']);
  });

  it('hang under their controller where several own them', () => {
    plant('root');
    put('a', 'root');
    put('b', 'root');
    put('child', 'a', 'b');
    expect(members.parentOf('child')).toBe('b');
  });

  it('move with what hangs under them, and leave when nobody in the tree owns them', () => {
    plant('root');
    put('a', 'root');
    put('b', 'root');
    put('child', 'a');
    put('grandchild', 'child');
    told = [];
    expect(put('child', 'b')).toBe(true);
    expect(shape()).toContain('b>child');
    expect(told.filter((word) => word.startsWith('-'))).toEqual([]);
    expect(put('child', 'somebody')).toBe(true);
    expect(shape()).toEqual(['>root', 'root>a', 'root>b']);
    expect(put('child', 'a')).toBe(true);
    expect(shape()).toContain('child>grandchild');
    expect(put('child')).toBe(true);
    expect(shape()).toEqual(['>root', 'root>a', 'root>b']);
  });

  it('stay where they hang while their owner is gone and they are not', () => {
    plant('root');
    put('set', 'root');
    put('pod', 'set');
    members.remove('things', 'set');
    expect(shape()).toEqual(['>root', 'set>pod']);
    expect(put('late', 'set')).toBe(true);
    members.remove('things', 'pod');
    members.remove('things', 'late');
    expect(put('later', 'set')).toBe(false);
    expect(members.size).toBe(1);
  });

  it('stay when the root is gone, and are dropped when another takes its name', () => {
    plant('root');
    put('set', 'root');
    members.remove('things', 'root');
    expect(shape()).toEqual(['root>set']);
    plant('again');
    expect(shape()).toEqual(['>again']);
    put('set2', 'again');
    expect(shape()).toEqual(['>again', 'again>set2']);
  });

  it('may own each other in a circle', () => {
    plant('root');
    put('a', 'b');
    put('b', 'a');
    expect(shape()).toEqual(['>root']);
    put('a', 'root', 'b');
    expect(shape()).toEqual(['>root', 'a>b', 'root>a']);
    put('root', 'b');
    put('a', 'b');
    expect(shape()).toEqual(['>root']);
    put('self', 'self');
    expect(shape()).toEqual(['>root']);
  });

  it('are told once, also where two groups serve the same object', () => {
    plant('root');
    members.put(entry('one', ['root'], 'first'));
    expect(members.put(entry('one', ['root'], 'second'))).toBe(false);
    expect(members.remove('second', 'one')).toBe(false);
    expect(members.get('one')?.kind).toBe('first');
    members.keep('second', new Set());
    expect(shape()).toEqual(['>root', 'root>one']);
    expect(members.keep('first', new Set())).toBe(true);
    expect(shape()).toEqual(['>root']);
  });

  it('of 2,000 that change, one at a time, are looked at alone', () => {
    let reads = 0;
    plant('root');
    put('set', 'root');
    const pod = (number: number): TreeEntry => {
      const made = entry(`pod-${number}`, ['set']);
      const { ownerReferences } = made.handle;
      const handle = {
        uid: made.handle.uid,
        get ownerReferences() {
          reads += 1;
          return ownerReferences;
        },
      } as unknown as ObjectHandle;
      return { ...made, handle };
    };
    for (let number = 0; number < 2000; number += 1) members.put(pod(number));
    expect(members.size).toBe(2002);
    reads = 0;
    members.put(pod(7));
    members.remove('things', 'pod-8');
    members.put(pod(8));
    expect(reads).toBe(2);
  });
});

describe('whatever happens', () => {
  const uids = ['root', 'a', 'b', 'c', 'd', 'e'];
  const uid = fc.constantFrom(...uids);
  const step = fc.record({ uid, owners: fc.option(fc.uniqueArray(uid, { maxLength: 3 })) });

  /** What descends from the root, by walking all. */
  function descendants(objects: ReadonlyMap<string, readonly string[]>): Set<string> {
    const found = new Set(['root']);
    for (let before = 0; before !== found.size;) {
      before = found.size;
      for (const [one, owners] of objects) {
        if (owners.some((owner) => found.has(owner))) found.add(one);
      }
    }
    return found;
  }

  /** Up to the root, which it must reach without a circle. */
  function wayUp(tree: TreeMembers, from: string): string[] {
    const way: string[] = [];
    for (let at: string | undefined = from; at !== undefined; at = tree.parentOf(at)) {
      expect(way).not.toContain(at);
      way.push(at);
    }
    return way;
  }

  it('the members are those that descend from the root, and each hangs under one of its owners', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const tree = createTreeMembers({ onJoin() {}, onLeave() {} });
        const objects = new Map<string, readonly string[]>([['root', []]]);
        tree.setRoot('root');
        tree.put(entry('root', []));
        for (const { uid: one, owners } of steps) {
          if (owners !== null) {
            objects.set(one, owners);
            tree.put(entry(one, owners));
            // What goes before what it owns is another matter.
          } else if (one !== 'root' && ![...objects.values()].flat().includes(one)) {
            objects.delete(one);
            tree.remove('things', one);
          }
        }
        expect(new Set(tree.uids())).toEqual(descendants(objects));
        for (const one of tree.uids()) {
          const way = wayUp(tree, one);
          expect(way.at(-1)).toBe('root');
          expect(objects.get(one)).toEqual(expect.arrayContaining(way.slice(1, 2)));
        }
      }),
      { numRuns: 500 },
    );
  });
});
