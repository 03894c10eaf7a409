import type { Clock } from '../clock.ts';
import type { StreamSink } from '../http/answer.ts';
import type { Gate } from '../http/gate.ts';
import type { StreamEnds } from '../http/stream.ts';

/** Puts a fault between a watch and its client. */
export type StreamFault = (sink: StreamSink, ends: StreamEnds) => StreamSink;

/** What still passes before a fault begins. */
interface Allowance {
  /** How much of `bytes` passes. */
  take(bytes: Buffer): number;
  readonly spent: boolean;
}

const NEWLINE = 0x0a;

export function lineAllowance(lines: number): Allowance {
  let left = lines;
  return {
    take(bytes) {
      let taken = 0;
      while (left > 0 && taken < bytes.length) {
        const end = bytes.indexOf(NEWLINE, taken);
        if (end < 0) return bytes.length;
        taken = end + 1;
        left -= 1;
      }
      return taken;
    },
    get spent() {
      return left === 0;
    },
  };
}

export function byteAllowance(bytes: number): Allowance {
  let left = bytes;
  return {
    take(offered) {
      const taken = Math.min(left, offered.length);
      left -= taken;
      return taken;
    },
    get spent() {
      return left === 0;
    },
  };
}

/**
 * Lets everything through until the allowance is spent; what comes then goes to `takeOver`'s sink,
 * unless the fault is no longer there.
 */
export function after(
  allowance: Allowance,
  fault: Gate,
  takeOver: (sink: StreamSink) => StreamSink,
): StreamFault {
  return (sink) => {
    const next = (): StreamSink => (fault.frozen ? takeOver(sink) : sink);
    let out = allowance.spent ? next() : sink;
    return {
      ...sink,
      write(bytes) {
        if (allowance.spent) return out.write(bytes);
        const taken = allowance.take(bytes);
        const room = taken === 0 || sink.write(bytes.subarray(0, taken));
        if (!allowance.spent) return room;
        out = next();
        return taken === bytes.length ? room : out.write(bytes.subarray(taken));
      },
      end: () => out.end(),
    };
  };
}

/** Swallows everything, the end as well: its client waits for ever. */
export function silenced(sink: StreamSink): StreamSink {
  return { ...sink, write: () => true, end: () => undefined };
}

export function cutNow(sink: StreamSink): StreamSink {
  sink.cut();
  return silenced(sink);
}

/** Says one line more, and goes on as if nothing had been. */
export function inserted(line: Buffer): (sink: StreamSink) => StreamSink {
  return (sink) => {
    sink.write(line);
    return sink;
  };
}

/** Says one line more, and ends. */
export function endedWith(line: Buffer): (sink: StreamSink) => StreamSink {
  return (sink) => {
    sink.write(line);
    sink.end();
    return silenced(sink);
  };
}

/** Ends in the middle of the next line. */
export function endedInNextLine(sink: StreamSink): StreamSink {
  let ended = false;
  return {
    ...sink,
    write(bytes) {
      if (ended) return true;
      ended = true;
      const newline = bytes.indexOf(NEWLINE);
      const length = newline < 0 ? bytes.length : newline;
      sink.write(bytes.subarray(0, Math.floor(length / 2)));
      sink.end();
      return true;
    },
  };
}

/**
 * Everything comes `ms` later, or when the fault is removed; what comes within that time is kept,
 * however much it is.
 */
export function delayed(clock: Clock, ms: number, fault: Gate): StreamFault {
  return (sink, ends) => {
    const waiting: (() => void)[] = [];
    const release = fault.onThaw(() => {
      for (const say of waiting.splice(0)) say();
    });
    ends.onGone(release);
    const later = (say: () => void): void => {
      waiting.push(say);
      clock.after(ms, () => waiting.shift()?.());
    };
    return {
      ...sink,
      write(bytes) {
        if (!fault.frozen) return sink.write(bytes);
        later(() => sink.write(bytes));
        return true;
      },
      end() {
        if (fault.frozen) later(() => sink.end());
        else sink.end();
      },
    };
  };
}
