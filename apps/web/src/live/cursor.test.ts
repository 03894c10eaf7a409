// @vitest-environment node
import type { StreamFrame } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { newCursor, stepCursor, type Cursor, type CursorEvent } from './cursor.ts';

const epoch = 'e1';
const begin = (seq: number, of = epoch): StreamFrame => ({
  type: 'begin',
  stream: 1,
  epoch: of,
  seq,
  reset: false,
  freshness: { kind: 'live' },
});
const end = (seq: number, of = epoch): StreamFrame => ({ type: 'end', stream: 1, epoch: of, seq });
const object = (seq: number, value: unknown = seq, of = epoch): StreamFrame => ({
  type: 'object',
  stream: 1,
  epoch: of,
  seq,
  object: { value },
});
const changes = (seq: number): StreamFrame => ({
  type: 'changes',
  stream: 1,
  epoch,
  seq,
  changes: [],
});
const gap = (seq: number): StreamFrame => ({
  type: 'gap',
  stream: 1,
  epoch,
  seq,
  from: '2026-11-22T14:00:00.000Z',
  to: '2026-11-22T14:00:05.000Z',
  reason: 'slow',
  filled: true,
});

function feed(frames: readonly StreamFrame[], start: Cursor = newCursor) {
  let cursor = start;
  const events: CursorEvent[] = [];
  for (const frame of frames) {
    const step = stepCursor(cursor, frame);
    cursor = step.cursor;
    if (step.event !== undefined) events.push(step.event);
  }
  return { cursor, kinds: events.map(({ kind }) => kind), events };
}

describe('the cursor', () => {
  it('hands a snapshot on whole, at its end', () => {
    const until = feed([begin(4), object(4)]);
    expect(until.kinds).toEqual([]);
    const whole = feed([end(4)], until.cursor);
    expect(whole.events).toEqual([{ kind: 'snapshot', begin: begin(4), frames: [object(4)] }]);
    expect(whole.cursor.position).toEqual({ epoch, seq: 4 });
  });

  it('hands on each next delta and drops what it has had', () => {
    const { kinds, cursor } = feed([begin(4), end(4), object(5), object(5), object(3), object(6)]);
    expect(kinds).toEqual(['snapshot', 'delta', 'delta']);
    expect(cursor.position).toEqual({ epoch, seq: 6 });
  });

  it('calls a hole broken and stays where it was, so as to resume there', () => {
    const { kinds, cursor } = feed([begin(4), end(4), object(6)]);
    expect(kinds).toEqual(['snapshot', 'broken']);
    expect(cursor.position).toEqual({ epoch, seq: 4 });
  });

  it('takes a gap across a hole, and what fills it under its own number', () => {
    const { kinds, cursor } = feed([begin(4), end(4), gap(9), changes(9), changes(10)]);
    expect(kinds).toEqual(['snapshot', 'delta', 'delta', 'delta']);
    expect(cursor.position).toEqual({ epoch, seq: 10 });
  });

  it('forgets its place when a delta is of another epoch', () => {
    const { kinds, cursor } = feed([begin(4), end(4), object(5, 1, 'e2')]);
    expect(kinds).toEqual(['snapshot', 'broken']);
    expect(cursor.position).toBeUndefined();
  });

  it('leaves frames alone that come before any snapshot', () => {
    expect(feed([object(5), end(5)])).toMatchObject({ kinds: [], cursor: newCursor });
  });

  it('keeps what it had while a new snapshot is on its way, and starts over when that one does', () => {
    const held = feed([begin(4), end(4), begin(9, 'e2'), object(9, 'old', 'e2')]);
    expect(held.cursor.position).toEqual({ epoch, seq: 4 });
    const { events } = feed(
      [begin(2, 'e3'), object(9, 'stray', 'e2'), object(2, 'new', 'e3'), end(2, 'e3')],
      held.cursor,
    );
    expect(events).toEqual([
      { kind: 'snapshot', begin: begin(2, 'e3'), frames: [object(2, 'new', 'e3')] },
    ]);
  });
});
