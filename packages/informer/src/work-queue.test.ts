import { describe, expect, test } from 'vitest';
import { createFakeClock, settle } from './testing/fake-clock.ts';
import { createWorkQueue } from './work-queue.ts';

const never = new AbortController().signal;

describe('work queue', () => {
  test('an item added twice is given out once', async () => {
    const queue = createWorkQueue<string>({ clock: createFakeClock() });
    queue.add('a');
    queue.add('b');
    queue.add('a');
    expect(queue.length).toBe(2);
    expect(await queue.get(never)).toBe('a');
    expect(await queue.get(never)).toBe('b');
    expect(queue.length).toBe(0);
  });

  test('an item added while it is processed comes again after done, and not before', async () => {
    const queue = createWorkQueue<string>({ clock: createFakeClock() });
    queue.add('a');
    await queue.get(never);
    queue.add('a');
    queue.add('a');
    expect(queue.length).toBe(0);
    queue.done('a');
    expect(queue.length).toBe(1);
    expect(await queue.get(never)).toBe('a');
    queue.done('a');
    expect(queue.length).toBe(0);
  });

  test('a waiting worker gets what is added later, and only one of two gets it', async () => {
    const queue = createWorkQueue<string>({ clock: createFakeClock() });
    const given: (string | undefined)[] = [];
    void queue.get(never).then((item) => given.push(item));
    void queue.get(never).then((item) => given.push(item));
    queue.add('a');
    await settle();
    expect(given).toEqual(['a']);
  });

  test('addAfter waits, and the earlier of two times holds', async () => {
    const clock = createFakeClock();
    const queue = createWorkQueue<string>({ clock });
    queue.addAfter('a', 1000);
    queue.addAfter('a', 100);
    queue.addAfter('a', 5000);
    await clock.advance(99);
    expect(queue.length).toBe(0);
    await clock.advance(1);
    expect(queue.length).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test('the delay of a failing item doubles up to its bound, and forget starts it over', async () => {
    const clock = createFakeClock();
    const queue = createWorkQueue<string>({ clock, baseDelayMs: 10, maxDelayMs: 35 });
    const delays: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const before = clock.monotonic();
      queue.addRateLimited('a');
      while (queue.length === 0) await clock.advance(1);
      delays.push(clock.monotonic() - before);
      await queue.get(never);
      queue.done('a');
    }
    expect(delays).toEqual([10, 20, 35, 35]);
    expect(queue.retries('a')).toBe(4);
    queue.forget('a');
    expect(queue.retries('a')).toBe(0);
  });

  test('shutdown gives out what is queued, drops what waits, and resolves when all is done', async () => {
    const clock = createFakeClock();
    const queue = createWorkQueue<string>({ clock });
    queue.add('a');
    queue.add('b');
    await queue.get(never);
    queue.add('a');
    queue.addAfter('c', 10);
    let down = false;
    void queue.shutdown().then(() => (down = true));
    queue.add('d');
    expect(clock.pending).toBe(0);
    expect(await queue.get(never)).toBe('b');
    queue.done('b');
    queue.done('a');
    await settle();
    expect(down).toBe(false);
    expect(await queue.get(never)).toBe('a');
    const waiting = queue.get(never);
    queue.done('a');
    expect(await waiting).toBeUndefined();
    await settle();
    expect(down).toBe(true);
  });

  test('an aborted get resolves to undefined and takes nothing', async () => {
    const queue = createWorkQueue<string>({ clock: createFakeClock() });
    const stop = new AbortController();
    const waiting = queue.get(stop.signal);
    stop.abort();
    expect(await waiting).toBeUndefined();
    queue.add('a');
    await settle();
    expect(queue.length).toBe(1);
  });
});
