import type { Marks } from '@kindscope/protocol';

export interface HistoryDeps {
  /** A page of marks, newest first; `from`: none older than that, milliseconds. */
  readonly load: (page: {
    readonly limit: number;
    readonly continue?: string | undefined;
    readonly from?: number | undefined;
  }) => Promise<Marks>;
  readonly onPage: (page: Marks) => void;
  /** So many are loaded at most; older ones are not. */
  readonly most: number;
  /** It began or ended to load, or cannot. */
  readonly onState: () => void;
}

export interface History {
  /** All changes since then are here or will not be loaded, milliseconds since the epoch. */
  readonly coveredFrom: number;
  /** What is older was too much to load, milliseconds since the epoch; -Infinity where nothing was. */
  readonly heldFrom: number;
  readonly loading: boolean;
  readonly fault: Error | undefined;
  /** Loads older pages until all since `time` is here. */
  readonly need: (time: number) => void;
  /** Loads once more what there is since `time`. */
  readonly refill: (time: number) => void;
  readonly retry: () => void;
}

/** The first page is small, so that there is something to see at once. */
const firstPage = 5000;
const nextPages = 25_000;

/** Brings the past into the page, newest first, as far back as it is looked at. */
export function createHistory(deps: HistoryDeps): History {
  let coveredFrom = Number.POSITIVE_INFINITY;
  let heldFrom = Number.NEGATIVE_INFINITY;
  let wantedFrom = Number.POSITIVE_INFINITY;
  let refillFrom: number | undefined;
  let next: string | undefined;
  let taken = 0;
  let loading = false;
  let fault: Error | undefined;

  const loadOlder = async (): Promise<void> => {
    const limit = taken === 0 ? firstPage : nextPages;
    const page = await deps.load({ limit, continue: next });
    taken += page.id.length;
    next = page.continue;
    const oldest = page.time.at(-1) ?? Number.NEGATIVE_INFINITY;
    const isTooMuch = next !== undefined && taken >= deps.most;
    if (isTooMuch) heldFrom = oldest;
    coveredFrom = isTooMuch || next === undefined ? Number.NEGATIVE_INFINITY : oldest;
    deps.onPage(page);
  };
  const loadAgain = async (from: number): Promise<void> => {
    let more: string | undefined;
    do {
      const page = await deps.load({ limit: nextPages, continue: more, from });
      more = page.continue;
      deps.onPage(page);
    } while (more !== undefined);
  };
  const step = async (): Promise<boolean> => {
    if (coveredFrom > wantedFrom) await loadOlder();
    else if (refillFrom === undefined) return false;
    else {
      const from = refillFrom;
      refillFrom = undefined;
      try {
        await loadAgain(from);
      } catch (cause) {
        refillFrom = from;
        throw cause;
      }
    }
    return true;
  };
  const run = async (): Promise<void> => {
    if (loading) return;
    loading = true;
    fault = undefined;
    deps.onState();
    try {
      while (await step());
    } catch (cause) {
      fault = cause instanceof Error ? cause : new Error(String(cause));
    }
    loading = false;
    deps.onState();
  };

  return {
    get coveredFrom() {
      return coveredFrom;
    },
    get heldFrom() {
      return heldFrom;
    },
    get loading() {
      return loading;
    },
    get fault() {
      return fault;
    },
    need: (time) => {
      if (time >= wantedFrom) return;
      wantedFrom = time;
      if (coveredFrom > wantedFrom && fault === undefined) void run();
    },
    refill: (time) => {
      refillFrom = Math.min(time, refillFrom ?? time);
      void run();
    },
    retry: () => void run(),
  };
}
