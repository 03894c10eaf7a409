import type { Clock } from '@kindscope/informer';
import type { ObjectCount } from '@kindscope/protocol';

/** `none`: the server does not say, or does not let us ask. */
export type CountAnswer =
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'none' }
  /** No answer: worth asking again as soon as there may be one. */
  | { readonly kind: 'failed' };

export interface ObjectCountsDeps {
  /** How many objects there are, all requests for it made. */
  readonly count: (id: string, signal: AbortSignal) => Promise<CountAnswer>;
  /** The ids worth counting now, the most wanted first. */
  readonly wanted: () => Iterable<string>;
  readonly onCount: (id: string) => void;
  readonly clock: Clock;
  /** Requests at the same time. */
  readonly concurrency: number;
  /** Milliseconds until a count is asked for again. */
  readonly maxAgeMs: number;
}

/** Counts of resources that nobody watches: one small request each, few at a time, none while paused. */
export interface ObjectCounts {
  get(id: string): ObjectCount | undefined;
  /** Asks for what is wanted and unknown or old, and goes on as counts grow old. */
  resume(): void;
  pause(): void;
  /** Asks at once for what could not be asked. */
  retry(): void;
  /** What was known of it is not true any more. */
  forget(id: string): void;
  stop(): void;
}

interface Known {
  readonly count: ObjectCount | undefined;
  readonly failed: boolean;
  /** By the monotonic clock. */
  readonly asked: number;
}

export function createObjectCounts(deps: ObjectCountsDeps): ObjectCounts {
  const ending = new AbortController();
  const known = new Map<string, Known>();
  const asking = new Set<string>();
  let running = false;
  let cancelTimer = () => {};

  /** Milliseconds until `id` is to be asked for; 0 or less: now. */
  function dueIn(id: string): number {
    const last = known.get(id);
    return last === undefined ? 0 : last.asked + deps.maxAgeMs - deps.clock.monotonic();
  }

  function pump(): void {
    cancelTimer();
    if (!running || ending.signal.aborted) return;
    let next = deps.maxAgeMs;
    for (const id of deps.wanted()) {
      if (asking.has(id)) continue;
      const wait = dueIn(id);
      if (wait > 0) next = Math.min(next, wait);
      else if (asking.size < deps.concurrency) void ask(id);
      else return;
    }
    cancelTimer = deps.clock.after(Math.max(next, 1_000), pump);
  }

  async function ask(id: string): Promise<void> {
    asking.add(id);
    let answer: CountAnswer = { kind: 'failed' };
    try {
      answer = await deps.count(id, ending.signal);
    } catch {
      // Only an aborted signal ends here; `failed` stands.
    }
    asking.delete(id);
    if (ending.signal.aborted) return;
    const before = known.get(id)?.count;
    const at = new Date(deps.clock.now()).toISOString();
    const count =
      answer.kind === 'count'
        ? ({ value: answer.value, source: 'request', at } as const)
        : answer.kind === 'failed'
          ? before
          : undefined;
    known.set(id, { count, failed: answer.kind === 'failed', asked: deps.clock.monotonic() });
    if (count?.value !== before?.value) deps.onCount(id);
    pump();
  }

  return {
    get: (id) => known.get(id)?.count,
    resume() {
      running = true;
      pump();
    },
    pause() {
      running = false;
      cancelTimer();
    },
    retry() {
      for (const [id, { failed }] of known) if (failed) known.delete(id);
      pump();
    },
    forget(id) {
      known.delete(id);
      pump();
    },
    stop() {
      ending.abort();
      cancelTimer();
    },
  };
}
