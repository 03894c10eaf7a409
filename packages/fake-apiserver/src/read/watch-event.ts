import type { StoreEvent } from '../storage/history.ts';
import { parseStored, storeObject, type StoredObject } from '../storage/stored-object.ts';
import type { Selection } from './selection.ts';

export interface SeenEvent {
  readonly type: StoreEvent['type'];
  readonly object: StoredObject;
  /** The object was made for this watch: its bytes are of no use to others. */
  readonly own: boolean;
}

/**
 * What a write looks like through a selection: an object that starts to match is ADDED, one that
 * stops is DELETED with its old body at the new version (apiserver storage/cacher
 * cache_watcher.go). Undefined when it matches neither before nor after.
 */
export function asSeen(event: StoreEvent, selection: Selection): SeenEvent | undefined {
  const before = event.previous !== undefined && selection.matches(event.previous);
  if (event.type === 'DELETED') {
    return before ? { type: 'DELETED', object: event.object, own: false } : undefined;
  }
  if (selection.matches(event.object)) {
    return { type: before ? 'MODIFIED' : 'ADDED', object: event.object, own: false };
  }
  if (event.previous === undefined || !before) return undefined;
  const left = storeObject(parseStored(event.previous), event.revision);
  return { type: 'DELETED', object: left, own: true };
}
