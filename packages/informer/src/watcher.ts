import type { WatcherEvent } from './event.ts';
import type { Failure } from './failure.ts';
import type { InformerDeps } from './informer-deps.ts';
import type { InformerFault, InformerState } from './informer-state.ts';
import type { InformerTarget } from './informer-target.ts';
import { requestPage, requestWatch } from './watcher-requests.ts';
import type { Effect, TimerName, WatcherInput } from './watcher-state.ts';
import { initialState, step } from './watcher-step.ts';

/** Counted since the watcher was made. Times are milliseconds since the epoch. */
export interface WatcherStats {
  /** LISTs begun, however many pages they took. */
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  readonly bookmarks: number;
  /** LISTs after the first. */
  readonly relists: number;
  readonly failures: number;
  /** Events and items of the wrong kind or without metadata [I15]. */
  readonly skipped: number;
  readonly resourceVersion: string | undefined;
  readonly lastEventAt: number | undefined;
  readonly lastBookmarkAt: number | undefined;
  readonly lastFault: (InformerFault & { readonly at: number }) | undefined;
}

export interface Watcher {
  readonly status: InformerState;
  readonly stats: WatcherStats;
  run(signal: AbortSignal): Promise<void>;
  /** Ends a wait for the next attempt, unless the server named its time. */
  wake(): void;
}

export interface WatcherDeps extends InformerDeps {
  readonly target: InformerTarget;
  /** In order, before a change of the status that goes with them is told. */
  readonly onEvent: (event: WatcherEvent, notBefore: number) => void;
  readonly onStatus: (status: InformerState) => void;
}

interface Request {
  readonly abort: AbortController;
  readonly finished: Promise<void>;
}

/** Performs what {@link step} decides: one request at a time, timers, and the shared probe. */
export function createWatcher(deps: WatcherDeps): Watcher {
  const { target, clock, random, log, probe, onEvent, onStatus } = deps;
  let state = initialState(clock.now());
  let stopped = true;
  let request: Request | undefined;
  let cancelRecovery: (() => void) | undefined;
  /** The items' kind, as the last list said it. */
  let kind: string | undefined;
  const timers = new Map<TimerName, () => void>();
  const leftovers = new Set<Promise<void>>();
  const counts = { lists: 0, watches: 0, events: 0, bookmarks: 0, failures: 0, skipped: 0 };
  const last: {
    eventAt?: number;
    bookmarkAt?: number;
    fault?: InformerFault & { readonly at: number };
  } = {};

  function dispatch(input: WatcherInput): void {
    if (stopped) return;
    count(input);
    const { status: before, trueAt } = state;
    const next = step(state, input, {
      now: clock.now(),
      monotonic: clock.monotonic(),
      random: random(),
    });
    state = next.state;
    for (const event of next.events) onEvent(event, trueAt);
    for (const effect of next.effects) perform(effect);
    if (state.status !== before) onStatus(state.status);
  }

  function count(input: WatcherInput): void {
    switch (input.kind) {
      case 'object':
        counts.events += 1;
        last.eventAt = clock.now();
        break;
      case 'bookmark':
        counts.bookmarks += 1;
        last.bookmarkAt = clock.now();
        break;
      case 'opened':
        if (probe.state.kind !== 'connected') probe.check();
        break;
      case 'page':
        counts.skipped += input.page.skipped;
        kind = input.page.kind;
        break;
      case 'failed':
        counts.failures += 1;
        last.fault = { ...input.failure.fault, at: clock.now() };
        logFailure(input.failure);
        break;
      default:
        break;
    }
  }

  function logFailure({ kind, fault }: Failure): void {
    const fields = { resource: target.gvr.resource, ...fault };
    // Of a lost connection the probe speaks, once for all.
    if (kind === 'disconnected') log.debug(fields, 'informer: an attempt failed');
    else log.warn(fields, 'informer: an attempt failed');
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'list':
        if (effect.continue === undefined) counts.lists += 1;
        begin((context) => requestPage({ ...deps, ...context }, effect.continue));
        break;
      case 'watch':
        counts.watches += 1;
        begin((context) => requestWatch({ ...deps, ...context, kind }, effect));
        break;
      case 'close':
        endRequest();
        break;
      case 'setTimer':
        setTimer(effect.name, effect.ms);
        break;
      case 'clearTimers':
        clearTimers();
        break;
      case 'awaitRecovery':
        cancelRecovery = probe.lost(() => dispatch({ kind: 'recovered' }));
        break;
    }
  }

  function begin(
    run: (context: {
      readonly signal: AbortSignal;
      readonly tell: (input: WatcherInput) => void;
      readonly skip: (detail: string) => void;
    }) => Promise<void>,
  ): void {
    endRequest();
    const abort = new AbortController();
    const { signal } = abort;
    const finished = run({
      signal,
      // What a request says after its end is not heard.
      tell: (input) => signal.aborted || dispatch(duringOutage(input)),
      skip: (detail) => {
        counts.skipped += 1;
        log.warn({ resource: target.gvr.resource, detail }, 'informer: an event was skipped');
      },
    });
    leftovers.add(finished);
    void finished.finally(() => leftovers.delete(finished));
    request = { abort, finished };
  }

  /** While a server starts up it may refuse what it will allow in a moment: that proves nothing. */
  function duringOutage(input: WatcherInput): WatcherInput {
    if (input.kind !== 'failed' || probe.state.kind !== 'unreachable') return input;
    const { failure } = input;
    const unsure = ['forbidden', 'notServed', 'refused'].includes(failure.kind);
    return unsure ? { kind: 'failed', failure: asDisconnected(failure) } : input;
  }

  function endRequest(): void {
    request?.abort.abort();
    request = undefined;
    cancelRecovery?.();
    cancelRecovery = undefined;
  }

  function setTimer(name: TimerName, ms: number): void {
    timers.get(name)?.();
    timers.set(
      name,
      clock.after(ms, () => {
        timers.delete(name);
        dispatch({ kind: 'timer', name });
      }),
    );
  }

  function clearTimers(): void {
    for (const cancel of timers.values()) cancel();
    timers.clear();
  }

  return {
    get status() {
      return state.status;
    },
    get stats() {
      return {
        ...counts,
        relists: Math.max(counts.lists - 1, 0),
        resourceVersion: state.resourceVersion,
        lastEventAt: last.eventAt,
        lastBookmarkAt: last.bookmarkAt,
        lastFault: last.fault,
      };
    },
    async run(signal) {
      if (signal.aborted) return;
      stopped = false;
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve(), { once: true });
      dispatch({ kind: 'start' });
      await aborted.promise;
      stopped = true;
      clearTimers();
      endRequest();
      await Promise.all(leftovers);
    },
    wake: () => dispatch({ kind: 'wake' }),
  };
}

function asDisconnected(failure: Failure): Failure {
  return { ...failure, kind: 'disconnected' };
}
