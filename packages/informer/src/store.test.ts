import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoreEvent, WatcherEvent } from './event.ts';
import { createStore } from './store.ts';
import { tell } from './testing/informer-harness.ts';
import { flag, handleOf } from './testing/objects.ts';

function put(name: string, version: number | string, uid?: string): WatcherEvent {
  return { kind: 'apply', object: handleOf(flag(name, version, { ...(uid && { uid }) })) };
}

function remove(name: string, version: number | string, uid?: string): WatcherEvent {
  return { kind: 'delete', object: handleOf(flag(name, version, { ...(uid && { uid }) })) };
}

function list(version: number | string, ...items: WatcherEvent[]): WatcherEvent[] {
  const objects = items.map((item): WatcherEvent =>
    item.kind === 'apply' ? { kind: 'initApply', object: item.object } : item,
  );
  return [{ kind: 'init' }, ...objects, { kind: 'initDone', resourceVersion: String(version) }];
}

function storeOf(...events: (WatcherEvent | WatcherEvent[])[]) {
  const store = createStore();
  const apply = (...more: (WatcherEvent | WatcherEvent[])[]): StoreEvent[] =>
    more.flat().flatMap((event) => store.apply(event, 777));
  apply(...events);
  return { store, apply, told: (...more: Parameters<typeof apply>) => apply(...more).map(tell) };
}

describe('replace', () => {
  test('[I17] what a relist misses is deleted, with its last state, as a tombstone seen by relist', () => {
    const { store, apply } = storeOf(list(10, put('a', 1), put('b', 2)));
    const events = apply(list(20, put('b', 2)));
    expect(events).toMatchObject([
      { kind: 'relisted', notBefore: 777 },
      {
        kind: 'delete',
        old: { name: 'a', resourceVersion: '1' },
        last: undefined,
        tombstone: true,
        seen: { by: 'relist', notBefore: 777 },
      },
    ]);
    expect(store.get('default/a')).toBeUndefined();
  });

  test('[I17] a list that is not at its end changes nothing', () => {
    const { store, told } = storeOf(list(10, put('a', 1)));
    expect(told(list(20, put('b', 2)).slice(0, -1))).toEqual([]);
    expect([...store.values()].map(({ name }) => name)).toEqual(['a']);
    expect(told(list(30, put('a', 1)))).toEqual(['relisted']);
  });

  test('[I17] a relist that finds nothing still says that nobody had watched', () => {
    const { apply } = storeOf(list(10, put('a', 1)));
    expect(apply(list(30, put('a', 1)))).toEqual([{ kind: 'relisted', notBefore: 777 }]);
  });

  test('[I17] a relist says what was changed, created and deleted, and nothing of the rest', () => {
    const { told } = storeOf(list(10, put('a', 1), put('b', 2), put('c', 3)));
    expect(told(list(30, put('b', 2), put('c', 25), put('d', 26)))).toEqual([
      'relisted',
      'delete a@1',
      'update c@25',
      'add d@26',
    ]);
  });

  test('the first list is initial; later additions are news', () => {
    const { apply } = storeOf();
    expect(apply(list(10, put('a', 1)))).toMatchObject([
      { kind: 'add', initial: true },
      { kind: 'synced' },
    ]);
    expect(apply(put('b', 11))).toMatchObject([
      { kind: 'add', initial: false, seen: { by: 'watch' } },
    ]);
    expect(apply(list(20, put('a', 1), put('b', 11), put('c', 15)))).toMatchObject([
      { kind: 'relisted' },
      { kind: 'add', initial: false, seen: { by: 'relist', notBefore: 777 } },
    ]);
  });

  test('[I18] [fault 32] deleted and created anew while away: a delete of the old, an add of the new', () => {
    const { told, apply } = storeOf(list(10, put('a', 1, 'old')));
    const events = apply(list(20, put('a', 15, 'new')));
    expect(events).toMatchObject([
      { kind: 'relisted' },
      { kind: 'delete', old: { uid: 'old' }, tombstone: true },
      { kind: 'add', new: { uid: 'new' } },
    ]);
    expect(told(list(30, put('a', 15, 'new')))).toEqual(['relisted']);
  });

  test('[I19] [fault 34] an older object in a list never overwrites a newer one', () => {
    const { store, told } = storeOf(list(10, put('a', 1)), put('a', 20));
    expect(told(list(20, put('a', 15)))).toEqual(['relisted']);
    expect(store.get('default/a')?.resourceVersion).toBe('20');
  });

  test('[I16] a list older than what is held is a declared reset', () => {
    const { store, told } = storeOf(list(100, put('a', 90)), put('b', 120));
    expect(told(list(50, put('a', 40)))).toEqual(['reset', 'add a@40', 'synced']);
    expect(store.size).toBe(1);
    expect(told(put('a', 55))).toEqual(['update a@55']);
  });
});

describe('events', () => {
  test('[I18] ADDED of a known key is an update, MODIFIED of an unknown one an add', () => {
    const { told } = storeOf(list(10, put('a', 1)));
    expect(told(put('a', 11), put('b', 12))).toEqual(['update a@11', 'add b@12']);
  });

  test('[I18] another uid is a delete, then an add', () => {
    const { told } = storeOf(list(10, put('a', 1, 'old')));
    expect(told(put('a', 12, 'new'))).toEqual(['delete a@1', 'add a@12']);
  });

  test('[I19] [fault 35] the same resourceVersion again notifies nobody', () => {
    const { told } = storeOf(list(10, put('a', 1)));
    expect(told(put('a', 11), put('a', 11), put('a', 1))).toEqual(['update a@11']);
  });

  test('[fault 31] deleted is deleted: a replay of an older state brings nothing back', () => {
    const { store, told } = storeOf(list(10, put('a', 5)));
    expect(told(put('a', 20), remove('a', 25), put('a', 20), put('a', 5))).toEqual([
      'update a@20',
      'delete a@20',
    ]);
    expect(store.size).toBe(0);
    expect(told(put('a', 30, 'new'))).toEqual(['add a@30']);
  });

  test('[fault 31] a replayed deletion of a former life does not delete the present one', () => {
    const { told } = storeOf(
      list(10),
      put('a', 11, 'old'),
      remove('a', 12, 'old'),
      put('a', 13, 'new'),
    );
    expect(told(remove('a', 12, 'old'))).toEqual([]);
  });

  test('[fault 33] a delete carries the body it came with; of what is unknown it says nothing', () => {
    const { apply } = storeOf(list(10, put('a', 1)));
    expect(apply(remove('a', 11), remove('a', 12))).toMatchObject([
      {
        kind: 'delete',
        old: { resourceVersion: '1' },
        last: { resourceVersion: '11' },
        tombstone: false,
      },
    ]);
  });

  test('[I26] [fault 39] resourceVersions that are no numbers are compared by equality alone', () => {
    const { told } = storeOf(list('z9', put('a', 'm5')));
    expect(told(put('a', 'a1'), put('a', 'a1'), put('a', '007'), put('b', '0x1'))).toEqual([
      'update a@a1',
      'update a@007',
      'add b@0x1',
    ]);
    expect(told(list('a0', put('a', '007'), put('b', '0x1')))).toEqual(['relisted']);
  });

  test('[I26] versions beyond 2^53 keep their order', () => {
    const { told } = storeOf(list(1, put('a', '9007199254740993')));
    expect(told(put('a', '9007199254740992'), put('a', '9007199254740994'))).toEqual([
      'update a@9007199254740994',
    ]);
  });
});

test('what handlers are told, replayed, is the cache; never two adds without a delete between', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const action = fc.oneof(
    fc.record({ kind: fc.constantFrom('put', 'remove', 'replay'), name: names }),
    fc.record({ kind: fc.constant('relist'), keep: fc.array(names, { maxLength: 3 }) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const { store, apply } = storeOf();
      const replayed = new Map<string, string>();
      const faults: string[] = [];
      const follow = (events: readonly StoreEvent[]): void => {
        for (const event of events) {
          if (event.kind === 'delete') {
            if (!replayed.delete(event.old.key)) faults.push(tell(event));
          } else if (event.kind === 'add' || event.kind === 'update') {
            if (replayed.has(event.new.key) !== (event.kind === 'update')) faults.push(tell(event));
            replayed.set(event.new.key, event.new.resourceVersion);
          }
        }
      };
      let version = 1;
      follow(apply(list(version)));
      for (const one of actions) {
        version += 1;
        if (one.kind === 'relist' && 'keep' in one) {
          follow(
            apply(
              list(version, ...one.keep.map((name, index) => put(name, version - (index % 2)))),
            ),
          );
        } else if ('name' in one) {
          const old = Math.max(version - 3, 1);
          if (one.kind === 'put')
            follow(apply(put(one.name, version, `${one.name}${version % 5}`)));
          if (one.kind === 'remove') follow(apply(remove(one.name, version)));
          if (one.kind === 'replay') follow(apply(put(one.name, old)));
        }
      }
      const cache = Array.from(
        store.values(),
        (object) => [object.key, object.resourceVersion] as const,
      );
      expect(faults).toEqual([]);
      expect(replayed).toEqual(new Map(cache));
    }),
  );
});
