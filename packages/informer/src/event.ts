import type { ObjectHandle } from './object-handle.ts';

/** What a watcher says, from the first list to the last event. A reconnect that relists uses the same words. */
export type WatcherEvent =
  | { readonly kind: 'init' }
  | { readonly kind: 'initApply'; readonly object: ObjectHandle }
  | { readonly kind: 'initDone'; readonly resourceVersion: string }
  | { readonly kind: 'apply'; readonly object: ObjectHandle }
  | { readonly kind: 'delete'; readonly object: ObjectHandle };

/** How a change was found: as it happened, or by comparing with a new list. */
export type Seen =
  | { readonly by: 'watch' }
  /** It happened after `notBefore` (milliseconds since the epoch), when the cache was last known true. */
  | { readonly by: 'relist'; readonly notBefore: number };

/** What the store tells its handlers, after it has changed itself. */
export type StoreEvent =
  /** `initial`: it was there when this handler came, or is of the first list, whose pages are told as they come; it is not news. */
  | {
      readonly kind: 'add';
      readonly new: ObjectHandle;
      readonly initial: boolean;
      readonly seen: Seen;
    }
  | {
      readonly kind: 'update';
      readonly old: ObjectHandle;
      readonly new: ObjectHandle;
      readonly seen: Seen;
    }
  /** `old` is the last state known; `tombstone`: found missing by a relist, so the last state before deletion is not known. */
  | {
      readonly kind: 'delete';
      readonly old: ObjectHandle;
      /** The body the DELETED event carried. */
      readonly last: ObjectHandle | undefined;
      readonly tombstone: boolean;
      readonly seen: Seen;
    }
  /**
   * A new list has been compared with the cache: between `notBefore` (milliseconds since the epoch)
   * and now nothing was watched. What it found follows; nothing, where nothing was left of it.
   */
  | { readonly kind: 'relisted'; readonly notBefore: number }
  /** The first replace has been delivered to this handler. Comes once. */
  | { readonly kind: 'synced' }
  /** A declared reset: the server went back in time, or the first list has to begin anew. Hold nothing; initial adds and `synced` follow. */
  | { readonly kind: 'reset' };
