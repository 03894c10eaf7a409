import type { JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import type { StateSpan } from '../timeline/revision-log.ts';
import { endPast, extendPast, readPast } from './node-bars.ts';

const now = 10_000;
const widget = (reason: string, status: JsonObject = {}): JsonObject => ({
  kind: 'Widget',
  metadata: { generation: 1 },
  status: { ...status, conditions: [{ type: 'Ready', status: 'False', reason }] },
});
const span = (
  from: number,
  to: number | undefined,
  object: JsonObject,
  uid = 'one',
): StateSpan => ({
  uid,
  from,
  to,
  object,
});
const read = (spans: readonly StateSpan[]) => readPast(spans.toReversed(), 'one', undefined, now);
const told = ({ bars }: ReturnType<typeof read>) =>
  bars.map(({ from, to, word }) => [from, to, word]);

describe('the bars of a node', () => {
  it('[W31] join states that say the same, and leave out what nobody saw', () => {
    const past = read([
      span(100, 200, widget('Starting')),
      span(200, 300, widget('Starting', { tries: 2 })),
      span(300, 400, widget('Waiting')),
      span(500, undefined, widget('Waiting')),
    ]);
    expect(told(past)).toEqual([
      [100, 300, 'Starting'],
      [300, 400, 'Waiting'],
      [500, undefined, 'Waiting'],
    ]);
  });

  it('are of this object alone, and not of one that had its name before', () => {
    const spans = [span(100, 200, widget('Old'), 'two'), span(300, undefined, widget('Starting'))];
    expect(told(read(spans))).toEqual([[300, undefined, 'Starting']]);
  });

  it('begin now where nobody knows since when, and at birth where that is later', () => {
    expect(told(read([span(-Infinity, undefined, widget('Starting'))]))).toEqual([
      [now, undefined, 'Starting'],
    ]);
    const created = new Date(5000).toISOString();
    const born = { ...widget('Starting'), metadata: { creationTimestamp: created } };
    expect(told(read([span(100, undefined, born)]))).toEqual([[5000, undefined, 'Starting']]);
  });

  it('are at most 100, the newest', () => {
    const spans = Array.from({ length: 150 }, (_, n) => span(n, n + 1, widget(`R${n}`)));
    const { bars } = read(spans);
    expect(bars).toHaveLength(100);
    expect(bars.at(-1)?.from).toBe(149);
    let live = read(spans);
    live = extendPast(live, { object: widget('Last'), time: 150, within: 0 }, undefined);
    expect(live.bars).toHaveLength(100);
  });

  it('go on as they would be read again', () => {
    const states = ['Starting', 'Starting', 'Waiting', 'Starting'].map((reason) => widget(reason));
    let live = read([span(0, undefined, widget('Starting'))]);
    for (const [n, object] of states.entries()) {
      live = extendPast(live, { object, time: 100 * (n + 1), within: 0 }, undefined);
    }
    live = endPast(live, 900);
    const again = [widget('Starting'), ...states].map((object, n) =>
      span(n * 100, n === 4 ? 900 : (n + 1) * 100, object),
    );
    expect(live.bars).toEqual(read(again).bars);
  });

  it('end where it may have changed, where a relist found it changed', () => {
    const before = read([span(0, undefined, widget('Starting'))]);
    const after = { object: widget('Waiting'), time: 500, within: 300 };
    expect(told(extendPast(before, after, undefined))).toEqual([
      [0, 200, 'Starting'],
      [500, undefined, 'Waiting'],
    ]);
  });
});

describe('since when the counts are what they are', () => {
  const since = (spans: readonly StateSpan[]) => read(spans).counts.since;

  it('is when one of them last changed, whatever else did since', () => {
    const spans = [
      span(100, 200, widget('A', { ready: 1 })),
      span(200, 300, widget('B', { ready: 2 })),
      span(300, undefined, widget('C', { ready: 2 })),
    ];
    expect(since(spans)).toBe(200);
  });

  it('is when the object was told something new', () => {
    const next = { ...widget('A', { ready: 1 }), metadata: { generation: 2 } };
    expect(since([span(100, 200, widget('A', { ready: 1 })), span(200, undefined, next)])).toBe(
      200,
    );
  });

  it('is not before nobody watched, but when the object was last written to', () => {
    const object = widget('A', { ready: 1 });
    const managedFields = [{ time: new Date(3000).toISOString() }, { time: 'never' }];
    const found = { ...object, metadata: { generation: 1, managedFields } };
    expect(since([span(5000, undefined, found)])).toBe(3000);
    expect(since([span(5000, 6000, object), span(7000, undefined, object)])).toBe(7000);
  });

  it('goes on with what is seen', () => {
    const past = read([span(0, undefined, widget('A', { ready: 1 }))]);
    const same = extendPast(
      past,
      { object: widget('B', { ready: 1 }), time: 100, within: 0 },
      undefined,
    );
    const other = extendPast(
      same,
      { object: widget('B', { ready: 2 }), time: 200, within: 0 },
      undefined,
    );
    expect([past, same, other].map(({ counts }) => counts.since)).toEqual([0, 0, 200]);
  });
});
