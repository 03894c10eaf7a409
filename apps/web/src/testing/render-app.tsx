import type { ClusterInfo, InformerInfo, ResourceInfo } from '@kindscope/protocol';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { act, render } from '@testing-library/react';
import { vi } from 'vitest';
import { ApiProvider, createApi } from '../api.ts';
import { LiveProvider } from '../live/index.ts';
import { createTestLive } from '../live/testing/fake-server.ts';
import { createQueryClient } from '../query-client.ts';
import { NoticesProvider } from '../rollout-notices/notices-context.ts';
import type { Permission } from '../rollout-notices/notifier.ts';
import type { RolloutNotice } from '../rollout-notices/rollout-notice.ts';
import { createWatchedRollouts } from '../rollout-notices/watched-rollouts.ts';
import { createAppRouter } from '../router.tsx';

export const clusterInfo: ClusterInfo = {
  version: '0.1.0',
  context: 'prod-eu-1',
  source: '/home/one/.kube/config',
  embedded: false,
  server: 'https://10.0.0.1:6443',
  serverVersion: 'v1.36.3',
  identity: 'one@example.com',
  state: { kind: 'connected' },
};

/** What the fake HTTP API answers: a body, or a problem. */
export type Answers = Record<string, (init: RequestInit | undefined) => Response>;

export const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });

const standing: Answers = {
  'api/v1/cluster': json(clusterInfo),
  'api/v1/resources': json({ items: [], faults: [] }),
  'api/v1/informers': json({ items: [] satisfies InformerInfo[] }),
};

/**
 * The whole app at a path, over a fake socket and a fake HTTP API; the clock of the live store
 * stands still, and `settle` lets it draw a frame.
 */
export async function renderApp(
  path: string,
  options: { answers?: Answers; permission?: Permission } = {},
) {
  // jsdom has no layout, and says so each time somebody scrolls.
  vi.stubGlobal('scrollTo', () => {});
  const answers = { ...standing, ...options.answers };
  const asked: string[] = [];
  const answer = (input: string, init?: RequestInit): Response => {
    asked.push(`${init?.method ?? 'GET'} ${input}`);
    const found = answers[input];
    return found === undefined
      ? Response.json({ code: 'not-found', detail: `No ${input}` }, { status: 404 })
      : found(init);
  };
  const test = createTestLive({
    probe: () =>
      Promise.resolve(answer('api/v1/cluster').status === 401 ? 'unauthorized' : 'other'),
  });
  const api = createApi({ fetch: (input, init) => Promise.resolve(answer(input, init)) });
  const history = createMemoryHistory({ initialEntries: [path] });
  const router = createAppRouter({ basepath: '/', history });
  const queries = createQueryClient(test.store);
  const told: RolloutNotice[] = [];
  const watched = createWatchedRollouts({
    live: test.store,
    storage: { getItem: () => null, setItem: () => {} },
    tell: (notice) => told.push(notice),
  });
  const ask = () => Promise.resolve(options.permission ?? 'granted');
  const view = render(
    <QueryClientProvider client={queries}>
      <ApiProvider value={api}>
        <LiveProvider value={test.store}>
          <NoticesProvider value={{ watched, notifier: { ask } }}>
            <RouterProvider router={router} />
          </NoticesProvider>
        </LiveProvider>
      </ApiProvider>
    </QueryClientProvider>,
  );
  await act(() => router.load());
  const settle = () =>
    act(async () => {
      test.clock.frame();
      await Promise.resolve();
    });
  /** Attaches the catalogue as stream 1 and sends these items. */
  const sendCatalogue = async (items: readonly ResourceInfo[]) => {
    const peer = test.peer();
    const id = peer.received.find(
      (message) => message.type === 'subscribe' && message.view === 'catalog',
    )?.id;
    if (id === undefined) throw new Error('nobody asked for the catalogue');
    const frame = { stream: 1, epoch: 'c', seq: 1 };
    peer.send({ type: 'attached', id, stream: 1, resumed: false });
    peer.send({ type: 'begin', ...frame, reset: false, freshness: { kind: 'live' } });
    peer.send({ type: 'catalog', ...frame, items: [...items], removed: [] });
    peer.send({ type: 'end', ...frame });
    await settle();
  };
  return { ...test, ...view, router, asked, told, settle, sendCatalogue };
}
