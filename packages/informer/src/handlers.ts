import type { StoreEvent } from './event.ts';
import type { Log } from './log.ts';
import type { Store } from './store.ts';
import { initialAdds } from './store.ts';

/** Told of every change, after the store has it. What it throws, or rejects with, is logged and counted. */
export type Handler = (event: StoreEvent) => void | Promise<void>;

export interface HandlerRegistration {
  /** The first replace has been delivered to this handler [I21]. */
  readonly hasSynced: boolean;
  remove(): void;
}

/** Everybody who follows one store; one that fails affects no other [I22]. */
export interface Handlers {
  /** What the store holds is delivered as initial adds, then `synced` if it has, before this returns. */
  add(handler: Handler): HandlerRegistration;
  /** Delivers one change, which may be several events, to those who are there now. */
  deliver(events: readonly StoreEvent[]): void;
  /** How often a handler threw or rejected. */
  readonly errors: number;
}

interface Entry {
  readonly handler: Handler;
  hasSynced: boolean;
  removed: boolean;
}

export function createHandlers(deps: { readonly store: Store; readonly log: Log }): Handlers {
  const { store, log } = deps;
  const entries = new Set<Entry>();
  let errors = 0;

  function failed(error: unknown): void {
    errors += 1;
    log.error({ err: error }, 'a handler failed');
  }

  function tell(entry: Entry, event: StoreEvent): void {
    if (entry.removed) return;
    if (event.kind === 'synced') entry.hasSynced = true;
    try {
      const result = entry.handler(event);
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  return {
    add(handler) {
      const entry: Entry = { handler, hasSynced: false, removed: false };
      for (const event of initialAdds(store.values())) tell(entry, event);
      if (store.synced) tell(entry, { kind: 'synced' });
      entries.add(entry);
      return {
        get hasSynced() {
          return entry.hasSynced;
        },
        remove() {
          entry.removed = true;
          entries.delete(entry);
        },
      };
    },
    deliver(events) {
      // One who comes meanwhile has seen the store as it is after all of these.
      const present = [...entries];
      for (const event of events) {
        for (const entry of present) tell(entry, event);
      }
    },
    get errors() {
      return errors;
    },
  };
}
