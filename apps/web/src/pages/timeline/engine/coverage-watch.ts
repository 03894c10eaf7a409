import type { Coverage } from '@kindscope/protocol';

/** What is known of what was watched, looked at again and again. */
export interface CoverageWatch {
  readonly items: readonly Coverage[];
  readonly fault: Error | undefined;
  /** As another answer had it. */
  readonly set: (items: readonly Coverage[]) => void;
  /** Asks so soon, milliseconds, and from then on as usual. */
  readonly ask: (ms: number) => void;
  /** Since when anything is known; `now` where nothing is. */
  readonly earliest: (now: number) => number;
  readonly close: () => void;
}

const usualMs = 30_000;

export function createCoverageWatch(deps: {
  readonly load: () => Promise<readonly Coverage[]>;
  readonly after: (ms: number, run: () => void) => () => void;
  /** It was answered, or cannot be. */
  readonly onAnswer: () => void;
}): CoverageWatch {
  let items: readonly Coverage[] = [];
  let fault: Error | undefined;
  let closed = false;
  let cancel: (() => void) | undefined;
  const set = (next: readonly Coverage[]): void => {
    // What says the same stays the same, and with it all that was worked out of it.
    if (JSON.stringify(next) !== JSON.stringify(items)) items = next;
  };
  const load = async (): Promise<void> => {
    try {
      set(await deps.load());
      fault = undefined;
    } catch (cause) {
      fault = cause instanceof Error ? cause : new Error(String(cause));
    }
    if (closed) return;
    ask(usualMs);
    deps.onAnswer();
  };
  const ask = (ms: number): void => {
    cancel?.();
    cancel = deps.after(ms, () => void load());
  };
  return {
    get items() {
      return items;
    },
    get fault() {
      return fault;
    },
    set,
    ask,
    earliest: (now) => {
      const since = items.flatMap((item) =>
        item.since === undefined ? [] : Date.parse(item.since),
      );
      return Math.min(now, ...since);
    },
    close: () => {
      closed = true;
      cancel?.();
    },
  };
}
