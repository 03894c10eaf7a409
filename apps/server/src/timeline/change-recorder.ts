import type { Clock, Log } from '@kindscope/informer';
import { gvrKey, type DiffOptions } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import type { Catalog, WatchedEvent } from '../catalog/catalog.ts';
import type { Activity } from './activity.ts';
import { draftsOf } from './change-draft.ts';
import type { ChangeLog, LogDraft } from './change-log.ts';
import { createFormerLives } from './former-lives.ts';
import { createNews } from './news.ts';
import { createWatchMemory, gapDraft, type TimedEvent } from './watch-memory.ts';

export interface ChangeRecorderDeps {
  readonly catalog: Pick<Catalog, 'onEvent'>;
  /** By what the schema of a resource says that list items are known. */
  readonly listKeys: (resource: ResourceRef) => DiffOptions['listKeys'];
  readonly changes: ChangeLog;
  readonly activity: Activity;
  readonly clock: Clock;
  /** Runs a task after what is under way, as `setImmediate`: describing a change never delays showing it. */
  readonly later: (task: () => void) => void;
  readonly log: Log;
  /** Events that may wait. When there are more the oldest are dropped and a gap says so. */
  readonly maxPending?: number;
}

export interface ChangeRecorder {
  /** Forgets what waits and records no more. */
  stop(): void;
}

/** Events of one resource that were dropped and not yet said. */
interface Overflow {
  readonly last: TimedEvent;
  readonly from: number;
  readonly count: number;
}

/** How long one turn records changes before others get theirs, milliseconds; and how many at most. */
const turn = { milliseconds: 4, events: 256 };

/** What an event of the store says of single objects: another UID is the end of one and the beginning of another. */
function singly(event: WatchedEvent['event']): readonly WatchedEvent['event'][] {
  if (event.kind !== 'update' || event.old.uid === event.new.uid) return [event];
  const { old, new: object, seen } = event;
  return [
    { kind: 'delete', old, last: undefined, tombstone: true, seen },
    { kind: 'add', new: object, initial: false, seen },
  ];
}

/** What a relist found may have happened long before it was told. */
function beganAt({ event, time }: TimedEvent): number {
  return 'seen' in event && event.seen.by === 'relist' ? event.seen.notBefore : time;
}

function isOfObject({ event }: TimedEvent): boolean {
  return event.kind === 'add' || event.kind === 'update' || event.kind === 'delete';
}

/**
 * Turns every event of every informer into changes, once each whoever looks, and logs them. Where
 * an informer did not see what happened, a gap is logged before what was found afterwards.
 */
export function createChangeRecorder(deps: ChangeRecorderDeps): ChangeRecorder {
  const { changes, clock, maxPending = 20_000 } = deps;
  const memory = createWatchMemory();
  const lives = createFormerLives();
  const news = createNews();
  let pending: TimedEvent[] = [];
  let next = 0;
  let scheduled = false;
  const overflow = new Map<string, Overflow>();

  function changesOf({ resource, event, time }: TimedEvent): readonly LogDraft[] {
    if (event.kind === 'ended') return [];
    const drafts = draftsOf({ resource, event, time, listKeys: deps.listKeys(resource) });
    return drafts.map((draft) => ({ ...draft, change: lives.tell(draft.change) }));
  }

  function describe(watched: TimedEvent): readonly LogDraft[] {
    try {
      return [...memory.factsBefore(watched), ...changesOf(watched)];
    } catch (error) {
      deps.log.error({ err: error, resource: gvrKey(watched.resource) }, 'change not described');
      return [gapDraft(watched, { from: beganAt(watched), reason: 'dropped', count: 1 })];
    }
  }

  /** One that listens to the log and fails harms neither the others nor what is logged next. */
  function append(drafts: readonly LogDraft[]): void {
    try {
      changes.append(drafts);
    } catch (error) {
      deps.log.error({ err: error }, 'a listener of the log of changes threw');
    }
  }

  function takeOverflow(): LogDraft[] {
    const gaps = [...overflow.values()].map(({ last, from, count }) =>
      gapDraft({ ...last, namespace: undefined }, { from, reason: 'dropped', count }),
    );
    overflow.clear();
    return gaps;
  }

  function run(): void {
    scheduled = false;
    const end = clock.monotonic() + turn.milliseconds;
    append(takeOverflow());
    for (let done = 0; done < turn.events && clock.monotonic() <= end; done += 1) {
      const watched = pending[next];
      if (watched === undefined) break;
      next += 1;
      append(describe(watched));
    }
    if (next === pending.length) {
      pending = [];
      next = 0;
    } else {
      schedule();
    }
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    deps.later(run);
  }

  /** Drops the oldest quarter at once, so that an overfull queue is not moved for every event. */
  function makeRoom(): void {
    if (pending.length - next < maxPending) return;
    let most = Math.ceil(maxPending / 4);
    pending = pending.slice(next).filter((watched) => {
      // That a watch began or ended is one fact of very many changes: it is never dropped.
      if (most === 0 || !isOfObject(watched)) return true;
      most -= 1;
      noteDropped(watched);
      return false;
    });
    next = 0;
  }

  function noteDropped(watched: TimedEvent): void {
    const id = gvrKey(watched.resource);
    const known = overflow.get(id);
    const from = Math.min(known?.from ?? watched.time, beganAt(watched));
    overflow.set(id, { last: watched, from, count: (known?.count ?? 0) + 1 });
  }

  const off = deps.catalog.onEvent((watched) => {
    if (watched.event.kind !== 'ended') deps.activity.note(watched.resource, watched.event);
    for (const event of singly(watched.event)) {
      if (!news.tells({ ...watched, event })) continue;
      makeRoom();
      pending.push({ ...watched, event, time: clock.now() });
      schedule();
    }
  });

  return {
    stop() {
      off();
      pending = [];
      next = 0;
      overflow.clear();
    },
  };
}
