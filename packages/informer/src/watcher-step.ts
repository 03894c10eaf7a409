import type { WatcherEvent } from './event.ts';
import type { Failure, FailureKind } from './failure.ts';
import type { InformerState } from './informer-state.ts';
import type { ListPage } from './list-page.ts';
import type {
  Moment,
  Phase,
  Step,
  TimerName,
  WatcherInput,
  WatcherState,
} from './watcher-state.ts';
import { advance, becomeStale, list, lose, same, wait, watch } from './watcher-transitions.ts';

/*
 *            start                last page                    ended cleanly: from the last RV
 *   idle ────────────▶ listing ──────────────▶ watching ─────────────────────────┐
 *                       ▲ │ ▲                   │  ▲ ▲                           │
 *      next page, or    └─┘ │   expired,        │  │ └───────────────────────────┘
 *      expired (once)       │   too large       │  │
 *                           ├───────────────────┤  │ disconnected, garbled, busy
 *                           │                   ▼  │ (and: ended at once)
 *                           └──────────────── waiting
 *      forbidden, not served, refused:       retry, recovered, wake
 *      list again after the wait
 */

/** Some proxies withhold a watch's headers until its first event. */
const QUIET_MS = 1000;
/** Events missed while away follow the headers; a moment later they have been applied. */
const SETTLED_MS = 100;
/** A watch that ends sooner, having said nothing, is a failure [I9]. */
const SHORT_WATCH_MS = 1000;

export function initialState(now: number): WatcherState {
  return {
    phase: { kind: 'idle' },
    status: { kind: 'syncing', received: 0, expected: undefined },
    resourceVersion: undefined,
    synced: false,
    attempt: 0,
    lastFailureAt: undefined,
    trueAt: now,
  };
}

/**
 * One step of the watcher, pure: what it becomes, what it says to the store, and what is to be done.
 * An input that has no meaning in a phase (a late answer, a timer that lost a race) changes nothing.
 */
export function step(state: WatcherState, input: WatcherInput, moment: Moment): Step {
  const { phase } = state;
  switch (phase.kind) {
    case 'idle':
      return input.kind === 'start' ? list({ ...state, trueAt: moment.now }, moment) : same(state);
    case 'listing':
      return whileListing(state, phase, input, moment);
    case 'watching':
      return whileWatching(state, phase, input, moment);
    case 'waiting':
      return whileWaiting(state, phase, input, moment);
  }
}

type PhaseOf<Kind extends Phase['kind']> = Extract<Phase, { readonly kind: Kind }>;

function whileListing(
  state: WatcherState,
  phase: PhaseOf<'listing'>,
  input: WatcherInput,
  moment: Moment,
): Step {
  switch (input.kind) {
    case 'page':
      return takePage(state, phase, input.page, moment);
    case 'failed':
      // [I3] [I4]: once, at once; what came so far is thrown away by the next `init`.
      if (isStaleVersion(input.failure.kind) && !phase.restarted) {
        return list(state, moment, true);
      }
      return { ...wait(state, 'list', input.failure, moment), events: takenBack(state, phase) };
    case 'timer':
      return input.name === 'stale' ? becomeStale(state) : same(state);
    default:
      return same(state);
  }
}

/** Pages of a first list are shown while it comes; where it fails, a part must not pass for the whole. */
function takenBack({ synced }: WatcherState, { page }: PhaseOf<'listing'>): WatcherEvent[] {
  return synced || page === 1 ? [] : [{ kind: 'init' }];
}

function takePage(
  state: WatcherState,
  phase: PhaseOf<'listing'>,
  page: ListPage,
  moment: Moment,
): Step {
  const received = phase.received + page.objects.length;
  const begin: readonly WatcherEvent[] = phase.page === 1 ? [{ kind: 'init' }] : [];
  const objects = page.objects.map((object): WatcherEvent => ({ kind: 'initApply', object }));
  const expected = page.remaining === undefined ? undefined : received + page.remaining;
  const status: InformerState = state.synced
    ? state.status
    : { kind: 'syncing', received, expected: page.continue === undefined ? received : expected };
  if (page.continue !== undefined) {
    return {
      state: { ...state, status, phase: { ...phase, page: phase.page + 1, received } },
      events: [...begin, ...objects],
      effects: [{ kind: 'list', continue: page.continue }],
    };
  }
  const { resourceVersion } = page;
  const listed = { ...state, status, resourceVersion, synced: true, trueAt: moment.now };
  const next = watch(listed, moment, true);
  return { ...next, events: [...begin, ...objects, { kind: 'initDone', resourceVersion }] };
}

function whileWatching(
  state: WatcherState,
  phase: PhaseOf<'watching'>,
  input: WatcherInput,
  moment: Moment,
): Step {
  switch (input.kind) {
    case 'sent':
      return same(state, [{ kind: 'setTimer', name: 'quiet', ms: QUIET_MS }]);
    case 'opened':
      return open(state, phase);
    case 'timer':
      return watchTimer(state, phase, input.name, moment);
    case 'object': {
      const { type, object } = input;
      // [I8]: synthetic ADDED events come in no order; the first other event ends them.
      const synthetic = phase.synthetic && type === 'ADDED';
      const advanced = synthetic ? state : advance(state, object.resourceVersion, moment);
      const event: WatcherEvent = { kind: type === 'DELETED' ? 'delete' : 'apply', object };
      return {
        state: { ...advanced, phase: { ...phase, synthetic, events: phase.events + 1 } },
        events: [event],
        effects: [],
      };
    }
    case 'bookmark':
      return same({
        ...advance(state, input.resourceVersion, moment),
        phase: { ...phase, synthetic: false },
      });
    case 'ended':
      return watchEnded(state, phase, moment);
    case 'failed':
      return watchFailed(state, phase, input.failure, moment);
    default:
      return same(state);
  }
}

function open(state: WatcherState, phase: PhaseOf<'watching'>): Step {
  const opened = { ...state, phase: { ...phase, opened: true } };
  if (state.status.kind === 'live') return same(opened);
  if (phase.fresh) return same({ ...opened, status: { kind: 'live' } });
  return same(opened, [{ kind: 'setTimer', name: 'settled', ms: SETTLED_MS }]);
}

function watchTimer(
  state: WatcherState,
  phase: PhaseOf<'watching'>,
  name: TimerName,
  moment: Moment,
): Step {
  switch (name) {
    case 'stale':
      return becomeStale(state);
    case 'quiet':
      return phase.opened ? same(state) : open(state, phase);
    case 'settled':
      return same({ ...state, status: { kind: 'live' } });
    case 'watchdog':
      return watchFailed(state, phase, OVERDUE, moment);
    case 'retry':
      return same(state);
  }
}

function watchEnded(state: WatcherState, phase: PhaseOf<'watching'>, moment: Moment): Step {
  if (isShort(phase, moment)) return watchFailed(state, phase, ENDED_AT_ONCE, moment);
  return watch({ ...state, trueAt: moment.now }, moment, false); // [I9]
}

function watchFailed(
  state: WatcherState,
  phase: PhaseOf<'watching'>,
  failure: Failure,
  moment: Moment,
): Step {
  switch (failure.kind) {
    case 'expired': // [I10]
    case 'tooLarge':
      // A server that calls its own list too old is not asked again at once.
      return phase.fresh && isShort(phase, moment)
        ? wait(state, 'list', failure, moment)
        : list({ ...lose(state, failure, moment), resourceVersion: undefined }, moment);
    case 'disconnected': // [I11]
    case 'garbled':
    case 'busy':
      return wait(state, 'watch', failure, moment);
    case 'forbidden':
    case 'notServed':
    case 'refused':
      return wait(state, 'list', failure, moment);
  }
}

function whileWaiting(
  state: WatcherState,
  phase: PhaseOf<'waiting'>,
  input: WatcherInput,
  moment: Moment,
): Step {
  switch (input.kind) {
    case 'timer':
      if (input.name === 'stale') return becomeStale(state);
      return input.name === 'retry' ? goOn(state, phase, moment) : same(state);
    case 'recovered':
      return phase.bidden ? same(state) : goOn({ ...state, attempt: 0 }, phase, moment);
    case 'wake':
      return phase.bidden ? same(state) : goOn(state, phase, moment);
    default:
      return same(state);
  }
}

function goOn(state: WatcherState, phase: PhaseOf<'waiting'>, moment: Moment): Step {
  return phase.next === 'watch' && state.resourceVersion !== undefined
    ? watch(state, moment, false)
    : list(state, moment);
}

/** It ended before it could be of use. */
function isShort(phase: PhaseOf<'watching'>, moment: Moment): boolean {
  return moment.monotonic - phase.startedAt < SHORT_WATCH_MS && phase.events === 0;
}

function isStaleVersion(kind: FailureKind): boolean {
  return kind === 'expired' || kind === 'tooLarge';
}

const ENDED_AT_ONCE: Failure = {
  kind: 'disconnected',
  retryAfterMs: undefined,
  fault: {
    code: 'network',
    stage: 'watch',
    detail: 'The API server ended the watch as soon as it began.',
    status: undefined,
  },
};

const OVERDUE: Failure = {
  kind: 'disconnected',
  retryAfterMs: undefined,
  fault: {
    code: 'timeout',
    stage: 'watch',
    detail:
      'The watch went on for longer than the server was asked to keep it: the connection is taken for dead.',
    status: undefined,
  },
};
