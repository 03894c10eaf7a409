import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Gate } from './gate.ts';

type StreamAnswer = Extract<Answer, { kind: 'stream' }>;

/** Sends a stream; what comes while the gate is closed is held and the writer told to wait. */
export function sendStream(answer: StreamAnswer, response: ServerResponse, gate: Gate): void {
  let held: Buffer[] = [];
  let ended = false;
  const drains: (() => void)[] = [];

  response.writeHead(200);
  // A client must see that the watch stands before its first event comes.
  response.flushHeaders();
  const release = gate.onThaw(() => {
    const waiting = held;
    held = [];
    for (const bytes of waiting) response.write(bytes);
    if (ended) response.end();
    else for (const drain of drains) drain();
  });
  response.on('drain', () => {
    if (!gate.frozen) for (const drain of drains) drain();
  });

  const gone = answer.start({
    write(bytes) {
      if (!gate.frozen) return response.write(bytes);
      held.push(bytes);
      return false;
    },
    onDrain: (listener) => drains.push(listener),
    end() {
      ended = true;
      if (!gate.frozen) response.end();
    },
    destroy: () => response.destroy(),
  });
  response.on('close', () => {
    release();
    gone();
  });
}
