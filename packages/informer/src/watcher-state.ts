import type { WatcherEvent } from './event.ts';
import type { Failure } from './failure.ts';
import type { InformerState } from './informer-state.ts';
import type { ListPage } from './list-page.ts';
import type { ObjectHandle } from './object-handle.ts';

/** What the watcher is doing. Each variant carries only what it needs. */
export type Phase =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'listing';
      readonly page: number;
      readonly received: number;
      readonly restarted: boolean;
    }
  | {
      readonly kind: 'watching';
      /** Monotonic: when the request was made. */
      readonly startedAt: number;
      /** Its headers have come, or it is taken to be open without them. */
      readonly opened: boolean;
      /** Follows a list at once, so that nothing can be missing when it opens. */
      readonly fresh: boolean;
      /** Began at "" or "0": what comes first is unordered [I8]. */
      readonly synthetic: boolean;
      /** Objects seen, bookmarks not counted. */
      readonly events: number;
    }
  | {
      readonly kind: 'waiting';
      readonly next: 'list' | 'watch';
      /** The server named the time: nothing ends this wait early [I13]. */
      readonly bidden: boolean;
    };

export interface WatcherState {
  readonly phase: Phase;
  readonly status: InformerState;
  /** The last good one; undefined before the first list and after it expired. */
  readonly resourceVersion: string | undefined;
  readonly synced: boolean;
  /** Failures in a row, for the back-off. */
  readonly attempt: number;
  /** Monotonic. */
  readonly lastFailureAt: number | undefined;
  /** Wall clock: until when the cache is known to have been true. */
  readonly trueAt: number;
}

export type WatcherInput =
  | { readonly kind: 'start' }
  | { readonly kind: 'page'; readonly page: ListPage }
  /** A LIST or a WATCH failed, or the watch said ERROR. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The watch request is on its way over an open connection. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'opened' }
  | {
      readonly kind: 'object';
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly object: ObjectHandle;
    }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string }
  /** The watch ended cleanly. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'timer'; readonly name: TimerName }
  /** The probe says that the server is back. */
  | { readonly kind: 'recovered' }
  /** Somebody knows better than the back-off. */
  | { readonly kind: 'wake' };

export type TimerName =
  /** The back-off is over. */
  | 'retry'
  /** Reconnecting has taken too long to be a blink. */
  | 'stale'
  /** The server withholds the headers. */
  | 'quiet'
  /** What was missed while away has had its time to arrive. */
  | 'settled'
  /** The server should have ended this watch by now [I14]. */
  | 'watchdog';

export type Effect =
  /** Ends the request that runs, if one does, then asks for a page. */
  | { readonly kind: 'list'; readonly continue: string | undefined }
  | { readonly kind: 'watch'; readonly resourceVersion: string; readonly timeoutSeconds: number }
  /** Ends the request that runs. */
  | { readonly kind: 'close' }
  | { readonly kind: 'setTimer'; readonly name: TimerName; readonly ms: number }
  | { readonly kind: 'clearTimers' }
  /** Asks the probe for `recovered`; until the next request. */
  | { readonly kind: 'awaitRecovery' };

/** What the world says at the moment of a step. */
export interface Moment {
  /** Wall clock, milliseconds. */
  readonly now: number;
  readonly monotonic: number;
  /** Drawn for this step, uniform in [0, 1). */
  readonly random: number;
}

export interface Step {
  readonly state: WatcherState;
  readonly events: readonly WatcherEvent[];
  readonly effects: readonly Effect[];
}
