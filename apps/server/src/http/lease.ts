import type { ResourceRef } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import { unwrap } from './params.ts';

export interface SourceQuery {
  readonly ref: ResourceRef;
  readonly namespace?: string | undefined;
  readonly waitMs: number;
  /** Ends the wait early. */
  readonly enough?: (source: ObjectSource) => boolean;
}

/**
 * Runs `use` on a source of the cache. One that is not watched yet is waited for: until it is whole,
 * or says that it cannot be, or `waitMs` have passed, or the asker has gone; `use` then sees what
 * there is. Throws a ProblemError where there is nothing to open.
 */
export async function withSource<T>(
  deps: { readonly catalog: Catalog; readonly signal: AbortSignal },
  query: SourceQuery,
  use: (source: ObjectSource) => T,
): Promise<T> {
  const lease = unwrap(deps.catalog.open(query.ref, query.namespace));
  try {
    await settle(lease.source, query, deps.signal);
    return use(lease.source);
  } finally {
    lease.release();
  }
}

/** `?wait=` in milliseconds. */
export function waitMs(seconds: number | undefined): number {
  return (seconds ?? 10) * 1000;
}

function settle(source: ObjectSource, query: SourceQuery, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settled = () => source.freshness.kind !== 'syncing' || query.enough?.(source) === true;
    if (settled() || query.waitMs === 0 || signal.aborted) return resolve();
    const done = () => {
      off();
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    // Looked at when all have heard: where it is forbidden another watch may take over just then.
    const check = () =>
      queueMicrotask(() => {
        if (settled()) done();
      });
    const off = source.subscribe({ onEvent: check, onFreshness: check });
    const timer = setTimeout(done, query.waitMs);
    signal.addEventListener('abort', done, { once: true });
  });
}
