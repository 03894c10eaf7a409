import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GapEntry, LogEntry } from './change-log.ts';
import { createEntryQueue, type EntryQueue } from './entry-queue.ts';
import { walkNewestFirst } from './log-walk.ts';

const ref = { group: '', version: 'v1', resource: 'pods' };

function entry(id: number): GapEntry {
  const times = { from: 0, time: 0, count: undefined, compared: false };
  return { kind: 'gap', id, resource: 'pods', ref, namespace: undefined, reason: 'away', ...times };
}

/** Ids by queue, and how many of each were dropped. */
function queuesOf(owners: readonly number[], drops: readonly number[]): EntryQueue[] {
  const queues = drops.map(() => createEntryQueue());
  for (const [n, owner] of owners.entries()) queues[owner % queues.length]?.push(entry(n + 1));
  for (const [n, count] of drops.entries()) {
    for (let dropped = 0; dropped < count; dropped += 1) queues[n]?.drop();
  }
  return queues;
}

function idsOf(
  queues: readonly EntryQueue[],
  bounds: { before?: number; after?: number },
  most = Infinity,
) {
  const seen: number[] = [];
  walkNewestFirst(queues, bounds, ({ id }: LogEntry) => seen.push(id) < most);
  return seen;
}

it('the entries of several queues are visited newest first, within bounds, until it is enough', () => {
  const optional = fc.option(fc.nat(60), { nil: undefined });
  fc.assert(
    fc.property(
      fc.array(fc.nat(7), { maxLength: 50 }),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 8 }),
      optional,
      optional,
      fc.integer({ min: 1, max: 60 }),
      (owners, drops, before, after, most) => {
        const queues = queuesOf(owners, drops);
        const bounds = {
          ...(before !== undefined && { before }),
          ...(after !== undefined && { after }),
        };
        const held = queues.flatMap((queue) =>
          Array.from({ length: queue.size }, (_, n) => queue.at(n)?.id ?? 0),
        );
        const expected = held
          .filter((id) => id < (before ?? Infinity) && id > (after ?? 0))
          .toSorted((a, b) => b - a);
        expect(idsOf(queues, bounds, most)).toEqual(expected.slice(0, most));
      },
    ),
    { numRuns: 500 },
  );
});
