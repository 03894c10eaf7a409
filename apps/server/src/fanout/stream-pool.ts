import type { Clock, Log } from '@kindscope/informer';
import { success, type Result } from '../result.ts';
import type { RingLimits } from './frame-ring.ts';
import { limits } from './limits.ts';
import { createStream, type Stream } from './stream.ts';
import type { CreateView } from './view.ts';

/** Streams by what they are about. One lives on for a linger after its last client, so that it can be resumed. */
export interface StreamPool {
  /** The stream of this identity, made when there is none. */
  open(identity: string, create: () => Result<CreateView>): Result<Stream>;
  /** Closes it now if nobody is attached. */
  abandon(stream: Stream): void;
  readonly size: number;
  close(): void;
}

export interface StreamPoolDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly instance: string;
  /** What each stream remembers; the protocol's limits unless said. */
  readonly ring?: RingLimits;
}

/** Of the lingering streams the one left longest ago goes when there are more than 64. */
export function createStreamPool(deps: StreamPoolDeps): StreamPool {
  const streams = new Map<string, Stream>();
  /** By stream, in the order they were left: what ends the linger. */
  const lingering = new Map<Stream, () => void>();
  let lastId = 0;

  function stopLinger(stream: Stream): void {
    lingering.get(stream)?.();
    lingering.delete(stream);
  }

  function end(identity: string, stream: Stream): void {
    stopLinger(stream);
    if (streams.get(identity) === stream) streams.delete(identity);
    stream.close();
  }

  function linger(identity: string, stream: Stream): void {
    lingering.set(
      stream,
      deps.clock.after(limits.lingerMs, () => end(identity, stream)),
    );
    const [oldest] = lingering.keys();
    if (lingering.size > limits.lingering && oldest !== undefined) endNow(oldest);
  }

  function endNow(stream: Stream): void {
    for (const [identity, known] of streams) {
      if (known === stream) end(identity, stream);
    }
  }

  return {
    open(identity, create) {
      const known = streams.get(identity);
      if (known !== undefined) {
        stopLinger(known);
        return success(known);
      }
      const view = create();
      if (!view.ok) return view;
      lastId += 1;
      const stream: Stream = createStream({
        id: lastId,
        instance: deps.instance,
        clock: deps.clock,
        log: deps.log,
        view: view.value,
        ring: deps.ring ?? limits.ring,
        onEmpty: () => linger(identity, stream),
      });
      streams.set(identity, stream);
      return success(stream);
    },
    abandon(stream) {
      if (stream.clients === 0) endNow(stream);
    },
    get size() {
      return streams.size;
    },
    close() {
      for (const [identity, stream] of streams) end(identity, stream);
    },
  };
}
