import { gvrKey } from '@kindscope/kube';
import type { GroupVersionResource, JsonObject } from '@kindscope/kube';
import type { InformerDeps } from './informer-deps.ts';
import type { InformerTarget } from './informer-target.ts';
import { createInformer } from './informer.ts';
import type { Informer } from './informer.ts';

export interface InformerLease {
  readonly informer: Informer;
  /** May be called more than once; only the first counts. */
  release(): void;
}

export interface InformerEntry {
  readonly informer: Informer;
  /** Leases out; none while it lingers. */
  readonly references: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Shares one informer among all who ask for the same target [I24]. */
export interface InformerFactory {
  /** Starts the informer if it does not run. Throws after `stop`. */
  acquire(target: InformerTarget): InformerLease;
  informers(): Iterable<InformerEntry>;
  /** Stops every informer, leased or not; resolves when no request or timer is left. */
  stop(): Promise<void>;
}

export interface InformerFactoryDeps extends Omit<InformerDeps, 'transform'> {
  /** How long an informer lives on after its last lease, in milliseconds; 30 s unless said. */
  readonly lingerMs?: number | undefined;
  /** As an informer's own, told what resource the object is of. */
  readonly transform?: ((object: JsonObject, gvr: GroupVersionResource) => JsonObject) | undefined;
}

interface Shared {
  readonly informer: Informer;
  readonly startedAt: number;
  readonly abort: AbortController;
  references: number;
  cancelLinger: (() => void) | undefined;
}

const LINGER_MS = 30_000;

export function createInformerFactory(deps: InformerFactoryDeps): InformerFactory {
  const { clock, lingerMs = LINGER_MS, transform } = deps;
  const shared = new Map<string, Shared>();
  /** Informers that have been told to stop and have not finished. */
  const finishing = new Set<Promise<void>>();
  let stopped = false;

  function begin(target: InformerTarget): Shared {
    const abort = new AbortController();
    const informer = createInformer({
      ...deps,
      ...target,
      transform: transform && ((object) => transform(object, target.gvr)),
    });
    const finished = informer.start(abort.signal);
    finishing.add(finished);
    void finished.finally(() => finishing.delete(finished));
    return { informer, startedAt: clock.now(), abort, references: 0, cancelLinger: undefined };
  }

  function end(key: string, entry: Shared): void {
    entry.cancelLinger?.();
    shared.delete(key);
    entry.abort.abort();
  }

  function release(key: string, entry: Shared): void {
    entry.references -= 1;
    if (entry.references > 0 || entry.abort.signal.aborted) return;
    entry.cancelLinger = clock.after(lingerMs, () => end(key, entry));
  }

  return {
    acquire(target) {
      if (stopped) throw new Error('the informer factory has been stopped');
      const key = keyOf(target);
      const entry = shared.get(key) ?? begin(target);
      shared.set(key, entry);
      entry.references += 1;
      entry.cancelLinger?.();
      entry.cancelLinger = undefined;
      let released = false;
      return {
        informer: entry.informer,
        release() {
          if (released) return;
          released = true;
          release(key, entry);
        },
      };
    },
    *informers() {
      for (const { informer, references, startedAt } of shared.values()) {
        yield { informer, references, startedAt };
      }
    },
    async stop() {
      stopped = true;
      for (const [key, entry] of shared) end(key, entry);
      await Promise.all(finishing);
    },
  };
}

function keyOf(target: InformerTarget): string {
  const { gvr, namespace, labelSelector, fieldSelector, form } = target;
  return JSON.stringify([gvrKey(gvr), namespace, labelSelector, fieldSelector, form]);
}
