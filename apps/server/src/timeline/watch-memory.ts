import type { WatchedEvent } from '../catalog/catalog.ts';
import { watchKey } from './away.ts';
import type { GapEntry, LogDraft } from './change-log.ts';

/** An event of an informer, and when it was told (milliseconds since the epoch). */
export type TimedEvent = WatchedEvent & { readonly time: number };

/** What is known of one informer's past. */
interface Past {
  lastEvent: number;
  synced: boolean;
  /** When its watch ended, and has not begun anew. */
  ended: number | undefined;
}

export interface WatchMemory {
  /** What must be logged before this event: since when nothing was watched, and that it is now. */
  factsBefore(watched: TimedEvent): readonly LogDraft[];
}

/** What a gap is of, since when, and why. */
type GapFacts = Pick<GapEntry, 'from' | 'reason'> & Partial<Pick<GapEntry, 'count' | 'compared'>>;

export function gapDraft(
  watched: TimedEvent,
  { from, reason, count, compared = false }: GapFacts,
): LogDraft {
  const { group, version, resource } = watched.resource;
  return {
    kind: 'gap',
    ref: { group, version, resource },
    namespace: watched.namespace,
    from: Math.min(from, watched.time),
    time: watched.time,
    reason,
    count,
    compared,
  };
}

function watchFact(kind: 'watched' | 'unwatched', watched: TimedEvent): LogDraft {
  const { group, version, resource } = watched.resource;
  const { namespace, time } = watched;
  return { kind, ref: { group, version, resource }, namespace, time };
}

/**
 * Knows from the order of events when an informer did not see what happened: a relist says since
 * when, whatever it found; when a watch begins anew, it is since it ended, and after a reset since
 * the last thing it told.
 */
export function createWatchMemory(): WatchMemory {
  const pasts = new Map<string, Past>();

  function afterSync(past: Past, watched: TimedEvent): readonly LogDraft[] {
    const { ended, lastEvent, synced } = past;
    past.synced = true;
    past.ended = undefined;
    past.lastEvent = watched.time;
    const begun = watchFact('watched', watched);
    if (ended !== undefined)
      return [gapDraft(watched, { from: ended, reason: 'unwatched' }), begun];
    return synced ? [gapDraft(watched, { from: lastEvent, reason: 'away' })] : [begun];
  }

  function afterEnd(past: Past, watched: TimedEvent): readonly LogDraft[] {
    if (!past.synced) return [];
    // It may have been lost before: from then on nobody watched.
    const { event, time } = watched;
    const lostAt = event.kind === 'ended' ? event.lostAt : undefined;
    past.ended ??= Math.min(lostAt ?? time, time);
    return [watchFact('unwatched', { ...watched, time: past.ended })];
  }

  return {
    factsBefore(watched) {
      const id = watchKey(watched.resource, watched.namespace);
      const { event, time } = watched;
      const past = pasts.get(id) ?? { lastEvent: time, synced: false, ended: undefined };
      pasts.set(id, past);
      if (event.kind === 'synced') return afterSync(past, watched);
      if (event.kind === 'ended') return afterEnd(past, watched);
      if (event.kind === 'reset') return [];
      past.lastEvent = time;
      return event.kind === 'relisted'
        ? [gapDraft(watched, { from: event.notBefore, reason: 'away', compared: true })]
        : [];
    },
  };
}
