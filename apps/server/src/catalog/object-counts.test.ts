import { createFakeClock } from '@kindscope/informer/testing';
import { describe, expect, it } from 'vitest';
import { createObjectCounts, type CountAnswer } from './object-counts.ts';

function setup(ids: string[]) {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const asked: string[] = [];
  const told: string[] = [];
  const open = new Map<string, (answer: CountAnswer) => void>();
  const counts = createObjectCounts({
    count(id) {
      asked.push(id);
      return new Promise((resolve) => open.set(id, resolve));
    },
    wanted: () => ids,
    onCount: (id) => told.push(id),
    clock,
    concurrency: 2,
    maxAgeMs: 60_000,
  });
  return {
    clock,
    asked,
    told,
    counts,
    answer: async (id: string, answer: CountAnswer) => {
      open.get(id)?.(answer);
      await clock.advance(0);
    },
  };
}

const count = (value: number): CountAnswer => ({ kind: 'count', value });

describe('counts', () => {
  it('are asked for a few at a time, in the order wanted, and only while somebody looks', async () => {
    const { asked, counts, answer, clock } = setup(['a', 'b', 'c', 'd']);
    await clock.advance(100_000);
    expect(asked).toEqual([]);
    counts.resume();
    expect(asked).toEqual(['a', 'b']);
    await answer('b', count(2));
    expect(asked).toEqual(['a', 'b', 'c']);
    counts.pause();
    await answer('a', count(1));
    expect(asked).toEqual(['a', 'b', 'c']);
    expect(counts.get('a')).toEqual({
      value: 1,
      source: 'request',
      at: '2026-01-01T00:01:40.000Z',
    });
  });

  it('are asked for again when they are a minute old, and told when they differ', async () => {
    const { asked, told, counts, answer, clock } = setup(['a']);
    counts.resume();
    await answer('a', count(1));
    await clock.advance(59_000);
    expect(asked).toEqual(['a']);
    await clock.advance(1_000);
    await answer('a', count(1));
    await clock.advance(60_000);
    await answer('a', count(5));
    expect(asked).toEqual(['a', 'a', 'a']);
    expect(told).toEqual(['a', 'a']);
  });

  it('are unknown where the server does not say, and stand where it did not answer', async () => {
    const { asked, counts, answer, clock } = setup(['a']);
    counts.resume();
    await answer('a', count(1));
    await clock.advance(60_000);
    await answer('a', { kind: 'failed' });
    expect(counts.get('a')?.value).toBe(1);
    counts.retry();
    expect(asked).toHaveLength(3);
    await answer('a', { kind: 'none' });
    expect(counts.get('a')).toBeUndefined();
    counts.retry();
    expect(asked).toHaveLength(3);
  });

  it('are asked for at once where what was known is not true any more', async () => {
    const { asked, counts, answer } = setup(['a']);
    counts.resume();
    await answer('a', count(1));
    counts.forget('a');
    expect(asked).toEqual(['a', 'a']);
    counts.stop();
    await answer('a', count(9));
    expect(counts.get('a')).toBeUndefined();
  });
});
