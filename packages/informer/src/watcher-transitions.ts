import { compareResourceVersions } from '@kindscope/kube';
import { backOffMs, nextAttempt, outlastsBackOff, slowRetryMs } from './back-off.ts';
import type { Failure } from './failure.ts';
import type { Effect, Moment, Step, WatcherState } from './watcher-state.ts';

/** Longer than a blink: a viewer is told that what is shown is not live. */
const STALE_MS = 500;
const WATCHDOG_GRACE_MS = 5000;

/** Begins a list from its first page. `restarted`: the one new beginning that a list has [I3] is used up. */
export function list(state: WatcherState, moment: Moment, restarted = false): Step {
  return {
    state: { ...state, phase: { kind: 'listing', page: 1, received: 0, restarted } },
    events: [],
    effects: [
      { kind: 'clearTimers' },
      ...staleTimer(state, moment),
      { kind: 'list', continue: undefined },
    ],
  };
}

/** Watches from the last good resourceVersion. */
export function watch(state: WatcherState, moment: Moment, fresh: boolean): Step {
  const resourceVersion = state.resourceVersion ?? '';
  const timeoutSeconds = 300 + Math.floor(moment.random * 301); // [I7]
  const synthetic = resourceVersion === '' || resourceVersion === '0';
  return {
    state: {
      ...state,
      phase: {
        kind: 'watching',
        startedAt: moment.monotonic,
        opened: false,
        fresh,
        synthetic,
        events: 0,
      },
    },
    events: [],
    effects: [
      { kind: 'clearTimers' },
      ...staleTimer(state, moment),
      { kind: 'setTimer', name: 'watchdog', ms: timeoutSeconds * 1000 + WATCHDOG_GRACE_MS },
      { kind: 'watch', resourceVersion, timeoutSeconds },
    ],
  };
}

/** Waits before the next attempt [I13]. */
export function wait(
  state: WatcherState,
  next: 'list' | 'watch',
  failure: Failure,
  moment: Moment,
): Step {
  const attempt = hasStood(state, moment)
    ? 1
    : nextAttempt(state.attempt, state.lastFailureAt, moment.monotonic);
  const lost = lose(state, failure, moment);
  return {
    state: {
      ...lost,
      attempt,
      lastFailureAt: moment.monotonic,
      phase: { kind: 'waiting', next, bidden: isBidden(failure) },
    },
    events: [],
    effects: [
      { kind: 'close' },
      { kind: 'clearTimers' },
      ...staleTimer(lost, moment),
      { kind: 'setTimer', name: 'retry', ms: waitMs(failure, attempt, moment.random) },
      ...awaitRecovery(failure),
    ],
  };
}

function hasStood({ phase }: WatcherState, moment: Moment): boolean {
  if (phase.kind !== 'watching' || !phase.opened) return false;
  return outlastsBackOff(moment.monotonic - phase.startedAt);
}

/** What a server says while it starts up holds until the probe finds it ready, and no longer. */
function isBidden({ kind, retryAfterMs }: Failure): boolean {
  return retryAfterMs !== undefined && kind !== 'disconnected';
}

function waitMs({ kind, retryAfterMs }: Failure, attempt: number, random: number): number {
  if (retryAfterMs !== undefined) {
    // A little more than asked, so that not all come back in the same moment.
    return retryAfterMs + random * Math.min(retryAfterMs / 4, 1000);
  }
  return kind === 'notServed' ? slowRetryMs(random) : backOffMs(attempt, random);
}

function awaitRecovery({ kind }: Failure): readonly Effect[] {
  return kind === 'disconnected' ? [{ kind: 'awaitRecovery' }] : [];
}

/** What a failure makes of the status: an open watch lost is a blink at first, an attempt that fails is not. */
export function lose(state: WatcherState, { kind, fault }: Failure, moment: Moment): WatcherState {
  const { status, phase } = state;
  if (kind === 'forbidden') return { ...state, status: { kind: 'forbidden', fault } };
  if (kind === 'notServed') return { ...state, status: { kind: 'gone' } };
  switch (status.kind) {
    case 'forbidden':
    case 'gone':
      // Still withheld: only an answer can end this.
      return state;
    case 'reconnecting':
    case 'stale':
      return { ...state, status: { kind: 'stale', since: status.since, fault } };
    case 'live':
    case 'syncing': {
      const open = phase.kind === 'watching' && phase.opened;
      // A silent connection was dead before it was noticed.
      return open && fault.code !== 'timeout'
        ? { ...state, status: { kind: 'reconnecting', since: moment.now, fault } }
        : { ...state, status: { kind: 'stale', since: state.trueAt, fault } };
    }
  }
}

export function becomeStale(state: WatcherState): Step {
  const { status } = state;
  if (status.kind !== 'reconnecting') return same(state);
  return same({ ...state, status: { kind: 'stale', since: status.since, fault: status.fault } });
}

/** Timers belong to a phase, but the half second of grace runs on over several. */
function staleTimer({ status }: WatcherState, moment: Moment): readonly Effect[] {
  if (status.kind !== 'reconnecting') return [];
  const left = STALE_MS - (moment.now - status.since);
  return [{ kind: 'setTimer', name: 'stale', ms: Math.min(Math.max(left, 0), STALE_MS) }];
}

/** [I8]; an older one, from a replay, is never gone back to. */
export function advance(
  state: WatcherState,
  resourceVersion: string,
  moment: Moment,
): WatcherState {
  const held = state.resourceVersion;
  const older = held !== undefined && compareResourceVersions(resourceVersion, held) === -1;
  return { ...state, resourceVersion: older ? held : resourceVersion, trueAt: moment.now };
}

export function same(state: WatcherState, effects: readonly Effect[] = []): Step {
  return { state, events: [], effects };
}
