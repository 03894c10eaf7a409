import type { Answer, StreamSink } from '../http/answer.ts';
import type { FaultTarget } from './fault-target.ts';
import type { StreamFault } from './faulty-stream.ts';

/** A watch that is open, and what may still be put between it and its client. */
export interface OpenWatch {
  readonly target: FaultTarget;
  change(fault: StreamFault): void;
}

/** The same stream, in `open` as long as its client is there, with `faults` in it from the first. */
export function openWatch(
  answer: Extract<Answer, { kind: 'stream' }>,
  target: FaultTarget,
  open: Set<OpenWatch>,
  faults: readonly StreamFault[],
): Answer {
  return {
    ...answer,
    start(sink) {
      const drained = createSignal();
      const gone = createSignal();
      const ends = { resume: drained.fire, onGone: gone.listen };
      sink.onDrain(drained.fire);
      let out: StreamSink = sink;
      const watch: OpenWatch = {
        target,
        change(fault) {
          out = fault(out, ends);
        },
      };
      open.add(watch);
      for (const fault of faults) watch.change(fault);
      const stop = answer.start({
        write: (bytes) => out.write(bytes),
        onDrain: drained.listen,
        end: () => out.end(),
        destroy: () => out.destroy(),
        cut: () => out.cut(),
      });
      return () => {
        open.delete(watch);
        gone.fire();
        stop();
      };
    },
  };
}

interface Signal {
  readonly fire: () => void;
  readonly listen: (listener: () => void) => void;
}

function createSignal(): Signal {
  const listeners: (() => void)[] = [];
  return {
    fire() {
      for (const listener of listeners) listener();
    },
    listen: (listener) => listeners.push(listener),
  };
}
