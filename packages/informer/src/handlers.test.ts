import { describe, expect, test } from 'vitest';
import type { StoreEvent } from './event.ts';
import { createHandlers } from './handlers.ts';
import type { HandlerRegistration } from './handlers.ts';
import { createStore } from './store.ts';
import { settle } from './testing/fake-clock.ts';
import { silent, tell } from './testing/informer-harness.ts';
import { flag, handleOf } from './testing/objects.ts';

function setUp() {
  const store = createStore();
  const handlers = createHandlers({ store, log: silent });
  const apply = (...events: Parameters<typeof store.apply>[0][]): void => {
    for (const event of events) handlers.deliver(store.apply(event, 0));
  };
  const sync = (...names: string[]): void => {
    apply({ kind: 'init' });
    for (const name of names) apply({ kind: 'initApply', object: handleOf(flag(name, 1)) });
    apply({ kind: 'initDone', resourceVersion: '10' });
  };
  const put = (name: string, version: number): void =>
    apply({ kind: 'apply', object: handleOf(flag(name, version)) });
  return { store, handlers, sync, put };
}

describe('handlers', () => {
  test('[I21] each has synced when the first replace has been delivered to it', () => {
    const { handlers, sync, put } = setUp();
    const told: string[] = [];
    const early = handlers.add((event) => {
      told.push(tell(event));
    });
    expect(early.hasSynced).toBe(false);
    sync('a');
    expect(early.hasSynced).toBe(true);
    put('b', 11);
    const late: StoreEvent[] = [];
    const registration = handlers.add((event) => {
      late.push(event);
    });
    expect(registration.hasSynced).toBe(true);
    expect(late.map(tell)).toEqual(['add a@1', 'add b@11', 'synced']);
    expect(late.every((event) => event.kind !== 'add' || event.initial)).toBe(true);
    expect(told).toEqual(['add a@1', 'synced', 'add b@11']);
  });

  test('[I21] one that comes in the middle of a delivery meets each object once', () => {
    const { handlers, sync } = setUp();
    const late: string[] = [];
    let added = false;
    handlers.add(() => {
      if (added) return;
      added = true;
      handlers.add((event) => {
        late.push(tell(event));
      });
    });
    sync('a', 'b');
    expect(late).toEqual(['add a@1', 'add b@1', 'synced']);
  });

  test('[I17] the store has changed before anyone is told', () => {
    const { store, handlers, sync, put } = setUp();
    const held: (string | undefined)[] = [];
    handlers.add((event) => {
      if (event.kind === 'update') held.push(store.get(event.new.key)?.resourceVersion);
    });
    sync('a');
    put('a', 11);
    expect(held).toEqual(['11']);
  });

  test('[I22] [fault 27] one that throws or rejects is counted, and the others go on', async () => {
    const { handlers, sync, put } = setUp();
    const told: string[] = [];
    handlers.add(() => {
      throw new Error('broken');
    });
    handlers.add(async () => {
      await Promise.reject(new Error('broken later'));
    });
    handlers.add((event) => {
      told.push(tell(event));
    });
    sync('a');
    put('a', 11);
    await settle();
    expect(told).toEqual(['add a@1', 'synced', 'update a@11']);
    expect(handlers.errors).toBe(6);
  });

  test('one that has been removed hears nothing more, not even of the change that is being told', () => {
    const { handlers, sync } = setUp();
    const told: string[] = [];
    const registrations: HandlerRegistration[] = [];
    handlers.add(() => registrations[0]?.remove());
    registrations.push(
      handlers.add((event) => {
        told.push(tell(event));
      }),
    );
    sync('a', 'b');
    expect(told).toEqual([]);
  });
});
