import { gvrKey } from '@kindscope/kube';
import type { WatchedEvent } from '../catalog/catalog.ts';
import type { LogDraft } from './change-log.ts';

/** An event of an informer, and when it was told (milliseconds since the epoch). */
export type TimedEvent = WatchedEvent & { readonly time: number };

/** What is known of one informer's past. */
interface Past {
  lastEvent: number;
  synced: boolean;
}

export interface WatchMemory {
  /** The gap that must be logged before this event, if any. */
  gapBefore(watched: TimedEvent): LogDraft | undefined;
}

export function gapDraft(watched: TimedEvent, from: number, count?: number): LogDraft {
  const { group, version, resource } = watched.resource;
  return {
    kind: 'gap',
    ref: { group, version, resource },
    namespace: watched.namespace,
    from: Math.min(from, watched.time),
    time: watched.time,
    count,
  };
}

/**
 * Knows from the order of events when an informer did not see what happened: a relist says since
 * when, whatever it found; after a reset, or when a watch begins anew, it is since the last thing it told.
 */
export function createWatchMemory(): WatchMemory {
  const pasts = new Map<string, Past>();

  function afterSync(past: Past, watched: TimedEvent): LogDraft | undefined {
    const gap = past.synced ? gapDraft(watched, past.lastEvent) : undefined;
    past.synced = true;
    past.lastEvent = watched.time;
    return gap;
  }

  return {
    gapBefore(watched) {
      const id = `${gvrKey(watched.resource)} ${watched.namespace ?? ''}`;
      const { event, time } = watched;
      const past = pasts.get(id) ?? { lastEvent: time, synced: false };
      pasts.set(id, past);
      if (event.kind === 'synced') return afterSync(past, watched);
      if (event.kind === 'reset') return undefined;
      past.lastEvent = time;
      return event.kind === 'relisted' ? gapDraft(watched, event.notBefore) : undefined;
    },
  };
}
