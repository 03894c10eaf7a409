import { describe, expect, it } from 'vitest';
import type { StreamSink } from '../http/answer.ts';
import { createWatchQueue } from './watch-queue.ts';

/** A client that takes `room` writes and then asks to wait. */
function createSink(room: number): StreamSink & {
  readonly written: string[];
  ended: boolean;
  drain(more: number): void;
} {
  let left = room;
  let drained = (): void => undefined;
  const sink = {
    written: [] as string[],
    ended: false,
    write(bytes: Buffer) {
      sink.written.push(bytes.toString());
      left -= 1;
      return left > 0;
    },
    onDrain(listener: () => void) {
      drained = listener;
    },
    end() {
      sink.ended = true;
    },
    destroy: () => undefined,
    cut: () => undefined,
    drain(more: number) {
      left = more;
      drained();
    },
  };
  return sink;
}

const lines = (...texts: string[]): Iterator<Buffer> =>
  texts.map((text) => Buffer.from(text)).values();
const push = (text: string, bytes = text.length): [() => Buffer, number] => [
  () => Buffer.from(text),
  bytes,
];

describe('a watch queue', () => {
  it('writes what there is first, and what comes meanwhile after it', () => {
    const sink = createSink(1);
    const queue = createWatchQueue(sink, lines('a', 'b'), () => undefined);
    queue.push(...push('c'));
    expect(sink.written).toEqual(['a']);
    sink.drain(10);
    queue.push(...push('d'));
    expect(sink.written).toEqual(['a', 'b', 'c', 'd']);
  });

  it('makes a line only when the client has room for it', () => {
    const sink = createSink(1);
    const queue = createWatchQueue(sink, lines('a'), () => undefined);
    let made = 0;
    queue.push(() => Buffer.from(String((made += 1))), 1);
    expect(made).toBe(0);
    sink.drain(10);
    expect([made, sink.written]).toEqual([1, ['a', '1']]);
  });

  it('cuts a client that falls too far behind', () => {
    const sink = createSink(1);
    let cuts = 0;
    const queue = createWatchQueue(sink, lines('a'), () => (cuts += 1));
    for (let index = 0; index < 10_000; index += 1) queue.push(...push('x'));
    expect(cuts).toBe(0);
    queue.push(...push('x'));
    expect(cuts).toBe(1);
  });

  it('cuts a client for which too many bytes wait', () => {
    const sink = createSink(1);
    let cuts = 0;
    const queue = createWatchQueue(sink, lines('a'), () => (cuts += 1));
    const half = 32 * 1024 * 1024;
    for (const text of ['b', 'c']) queue.push(...push(text, half));
    sink.drain(2);
    for (const text of ['d', 'e']) queue.push(...push(text, half));
    expect(cuts).toBe(0);
    queue.push(...push('f'));
    expect(cuts).toBe(1);
  });

  it('ends once everything is written', () => {
    const sink = createSink(1);
    const queue = createWatchQueue(sink, lines('a', 'b'), () => undefined);
    queue.finish();
    expect(sink.ended).toBe(false);
    sink.drain(10);
    expect([sink.written, sink.ended]).toEqual([['a', 'b'], true]);
  });
});
