import type { Clock, Discovery, Log } from '@kindscope/informer';

/** Asks what the cluster serves, now and then. */
export interface DiscoveryLoop {
  /** Asks now; while a question is out, once more after its answer. */
  refresh(): void;
  /** Asks now, and twice more a little later: a server's discovery lags behind its CRDs. */
  refreshSoon(): void;
  /** Milliseconds between questions nobody prompted; takes hold after the next answer. */
  setPeriod(ms: number): void;
  stop(): void;
}

/** After a CRD has changed; a kube-apiserver takes up to a few seconds to serve and list it. */
const followUpMs = [1_000, 5_000];

export function createDiscoveryLoop(deps: {
  readonly discover: (signal: AbortSignal) => Promise<Discovery>;
  readonly onAnswer: (discovery: Discovery) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly periodMs: number;
}): DiscoveryLoop {
  const ending = new AbortController();
  let asking = false;
  let again = false;
  let periodMs = deps.periodMs;
  let cancelPeriod = () => {};
  let cancelFollowUps: (() => void)[] = [];

  async function ask(): Promise<void> {
    cancelPeriod();
    asking = true;
    try {
      do {
        again = false;
        const answer = await deps.discover(ending.signal);
        if (ending.signal.aborted) return;
        deps.onAnswer(answer);
      } while (again);
    } catch (error) {
      if (ending.signal.aborted) return;
      deps.log.error({ err: error }, 'discovery failed in a way it should not');
    } finally {
      asking = false;
    }
    cancelPeriod = deps.clock.after(periodMs, refresh);
  }

  function refresh(): void {
    if (ending.signal.aborted) return;
    if (asking) again = true;
    else void ask();
  }

  return {
    refresh,
    refreshSoon() {
      for (const cancel of cancelFollowUps) cancel();
      refresh();
      cancelFollowUps = followUpMs.map((ms) => deps.clock.after(ms, refresh));
    },
    setPeriod(ms) {
      periodMs = ms;
    },
    stop() {
      ending.abort();
      cancelPeriod();
      for (const cancel of cancelFollowUps) cancel();
    },
  };
}
