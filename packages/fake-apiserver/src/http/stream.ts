import type { ServerResponse } from 'node:http';
import type { Answer, StreamSink } from './answer.ts';
import { cutConnection } from './broken.ts';
import type { Gate } from './gate.ts';

type StreamAnswer = Extract<Answer, { kind: 'stream' }>;

/** Both ends of a stream, for what is put between them. */
export interface StreamEnds {
  /** Tells whoever writes that there is room again. */
  resume(): void;
  /** Calls `listener` when the client has gone. */
  onGone(listener: () => void): void;
}

/** Sends a stream; what comes while the gate is closed is held and the writer told to wait. */
export function sendStream(answer: StreamAnswer, response: ServerResponse, gate: Gate): void {
  const drains: (() => void)[] = [];
  const resume = (): void => {
    for (const drain of drains) drain();
  };

  response.writeHead(200);
  // A client must see that the watch stands before its first event comes.
  response.flushHeaders();
  response.on('drain', () => {
    if (!gate.frozen) resume();
  });
  const sink: StreamSink = {
    write: (bytes) => response.write(bytes),
    onDrain: (listener) => drains.push(listener),
    end: () => response.end(),
    destroy: () => response.destroy(),
    cut: () => cutConnection(response),
  };
  const onGone = (listener: () => void): void => {
    response.on('close', listener);
  };
  onGone(answer.start(holdBack(gate, sink, { resume, onGone })));
}

/** A sink that keeps what comes while the gate is closed, and tells the writer to wait. */
export function holdBack(gate: Gate, sink: StreamSink, ends: StreamEnds): StreamSink {
  let held: Buffer[] = [];
  let ended = false;
  const release = gate.onThaw(() => {
    const waiting = held;
    held = [];
    for (const bytes of waiting) sink.write(bytes);
    if (ended) sink.end();
    else ends.resume();
  });
  ends.onGone(release);
  return {
    ...sink,
    write(bytes) {
      if (!gate.frozen) return sink.write(bytes);
      held.push(bytes);
      return false;
    },
    end() {
      ended = true;
      if (!gate.frozen) sink.end();
    },
  };
}
