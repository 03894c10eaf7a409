import type { Live } from './types.ts';

const syncing = { kind: 'syncing', received: 0 } as const;
const none = { ready: false, freshness: syncing, fault: undefined } as const;

/** The live store over this page's WebSocket. */
export function createBrowserLive(): Live {
  const still = <S>(snapshot: S) => ({
    subscribe: () => () => undefined,
    snapshot: () => snapshot,
  });
  const catalog = still({ ...none, items: [] });
  const connection = still({
    kind: 'connecting' as const,
    since: new Date().toISOString(),
    cluster: { kind: 'connecting' as const },
    unauthorized: false,
    fault: undefined,
    version: undefined,
  });
  const table = {
    ...still({
      ...none,
      columns: [],
      total: 0,
      matched: 0,
      partial: false,
      offset: 0,
      keys: [],
      version: 0,
    }),
    row: () => undefined,
    subscribeRow: () => () => undefined,
    setWindow: () => undefined,
  };
  const object = still({ ...none, object: undefined, previous: undefined });
  const changes = {
    ...still({ ...none, entries: [], dropped: false, paused: false, waiting: 0 }),
    pause: () => undefined,
    resume: () => undefined,
  };
  return {
    connection,
    catalog,
    table: () => table,
    object: () => object,
    changes: () => changes,
    now: () => Date.now(),
    reportUnauthorized: () => undefined,
    retry: () => undefined,
    close: () => undefined,
  };
}
