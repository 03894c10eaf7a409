import type { Change, RevisionList } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { aChange } from '../../ui/changes/testing.ts';
import { historySpan } from './history-span.ts';
import { comparedStates, heldStates, livesOf, nextCompared, stateKey } from './object-history.ts';

const time = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 14, 0, seconds)).toISOString();
const revisions: RevisionList = {
  items: [
    { uid: 'one', resourceVersion: '3', time: time(2), change: 8 },
    { uid: 'one', resourceVersion: '2', time: time(1), change: 7 },
    { uid: 'one', resourceVersion: '1' },
  ],
  dropped: false,
};
const marks = { id: [8, 7], of: [0b10, 0b01], classes: ['spec', 'status'], lastId: 8 } as const;
const marksOf = { ...marks, id: [...marks.id], of: [...marks.of], classes: [...marks.classes] };

function change(id: number, facts: Partial<Change>): Change {
  return { ...aChange({ uid: 'one', time: time(id), ...facts }), id };
}

const states = heldStates(revisions, marksOf, [
  change(10, { classes: ['deleted'], from: '4' }),
  change(9, { classes: ['condition'], from: '3', to: '4' }),
  change(8, { classes: ['status'], from: '2', to: '3' }),
]);

describe('the states of an object', () => {
  it('are those the server holds and those that came since, each once, oldest first', () => {
    expect(states.map((state) => [stateKey(state), state.shown])).toEqual([
      ['1', undefined],
      ['2', 'spec'],
      ['3', 'status'],
      ['4', 'condition'],
      ['4-deleted', 'deleted'],
    ]);
    expect(states[0]?.time).toBeUndefined();
  });

  it('are shown from the first on, a minute at least', () => {
    const now = Date.parse(time(2)) + 600_000;
    const span = historySpan(states, now);
    expect(span.to).toBe(now);
    expect(span.from).toBeLessThan(Date.parse(time(1)));
    expect(historySpan([], now)).toEqual({ from: now - 60_000, to: now });
    // A state that came since the clock was looked at is in sight.
    expect(historySpan(states, Date.parse(time(2))).to).toBe(Date.parse(time(10)));
  });
});

describe('the states that are compared', () => {
  const asked = (from?: string, to?: string) => {
    const found = comparedStates(states, { from, to });
    return found && [stateKey(found.from), stateKey(found.to)];
  };

  it('are the one asked for and the one before it, or any two, the older first', () => {
    expect(asked(undefined, '3')).toEqual(['2', '3']);
    expect(asked('4', '2')).toEqual(['2', '4']);
    expect(asked('3', '4-deleted')).toEqual(['3', '4-deleted']);
  });

  it('are none where one of them is not held, or both are the same', () => {
    expect([asked(), asked('1'), asked('7', '3'), asked('1', '7'), asked('3', '3')]).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    expect(asked(undefined, '1')).toBeUndefined();
  });

  it('change one by one', () => {
    const compared = comparedStates(states, { from: '2', to: '4' });
    const newest = states.at(-1);
    expect(nextCompared(compared, { to: '3' }, newest)).toEqual({ from: undefined, to: '3' });
    expect(nextCompared(compared, { from: '1' }, newest)).toEqual({ from: '1', to: '4' });
    expect(nextCompared(compared, { from: '1', to: '3' }, newest)).toEqual({ from: '1', to: '3' });
    expect(nextCompared(compared, undefined, newest)).toEqual({ from: undefined, to: undefined });
  });

  it('are the one chosen alone as the earlier, and the newest', () => {
    const newest = states.at(-1);
    expect(nextCompared(undefined, { from: '2' }, newest)).toEqual({
      from: '2',
      to: '4-deleted',
    });
    const same = { from: '4-deleted' };
    expect(nextCompared(undefined, same, newest)).toEqual({ from: undefined, to: '4-deleted' });
  });
});

describe('the lives of a name', () => {
  const at = (seconds: number) => Date.parse(time(seconds));
  const span = { from: at(0), to: at(30) };

  it('end with a deletion, and begin with what is seen after it', () => {
    const again = heldStates(revisions, marksOf, [
      change(12, { uid: 'two', classes: ['spec'], to: '7' }),
      change(11, { uid: 'two', classes: ['recreated', 'created'], to: '6' }),
      change(10, { classes: ['deleted'], from: '3' }),
    ]);
    expect(livesOf(again, span)).toEqual([
      { from: at(0), to: at(10) },
      { from: at(11), to: at(30) },
    ]);
    expect(livesOf(states, span)).toEqual([{ from: at(0), to: at(10) }]);
  });

  it('are one where nothing is known of another', () => {
    expect(livesOf([], span)).toEqual([span]);
    const born = heldStates({ items: [], dropped: false }, marksOf, [
      change(9, { classes: ['created'], to: '4' }),
    ]);
    expect(livesOf(born, span)).toEqual([{ from: at(9), to: at(30) }]);
  });
});
