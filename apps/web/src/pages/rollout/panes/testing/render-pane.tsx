import type { Finding, RolloutEvent, RolloutNode } from '@kindscope/protocol';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { ApiProvider, createApi } from '../../../../api.ts';
import { LiveProvider } from '../../../../live/index.ts';
import { createTestLive } from '../../../../live/testing/fake-server.ts';
import { createQueryClient } from '../../../../query-client.ts';

export const pods = { group: '', version: 'v1', resource: 'pods' };
/** The test's now: `2026-11-22T14:00:00Z`. */
export const now = Date.parse('2026-11-22T14:00:00.000Z');

/** Shows one pane in a page that has nothing else; every request is answered with `body`. */
export async function renderPane(pane: ReactNode, body: unknown = {}) {
  vi.stubGlobal('scrollTo', () => {});
  const asked: string[] = [];
  const api = createApi({
    fetch: (input) => {
      asked.push(input);
      return Promise.resolve(Response.json(body));
    },
  });
  const { store } = createTestLive();
  const router = createRouter({
    routeTree: createRootRoute({ component: () => pane }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  const view = render(
    <QueryClientProvider client={createQueryClient(store)}>
      <ApiProvider value={api}>
        <LiveProvider value={store}>
          <RouterProvider router={router} />
        </LiveProvider>
      </ApiProvider>
    </QueryClientProvider>,
  );
  await act(() => router.load());
  return { ...view, asked };
}

export function aNode(uid: string, over: Partial<RolloutNode> = {}): RolloutNode {
  return {
    uid,
    resource: pods,
    kind: 'Pod',
    namespace: 'shop',
    name: uid,
    created: now,
    health: { status: 'healthy' },
    bars: [],
    ...over,
  };
}

export function nodesOf(...nodes: readonly RolloutNode[]): ReadonlyMap<string, RolloutNode> {
  return new Map(nodes.map((node) => [node.uid, node]));
}

export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    rule: 'container-waiting',
    severity: 'stuck',
    uid: 'web-1',
    sentence: 'web-1 restarts: exit 1, “DATABASE_URL is not set”.',
    evidence: 'Event ×5',
    since: now - 120_000,
    kubectl: 'kubectl logs web-1 -n shop -c web --previous',
    ...over,
  };
}

export function anEvent(uid: string, over: Partial<RolloutEvent> = {}): RolloutEvent {
  return {
    uid,
    about: 'web-1',
    type: 'Normal',
    reason: 'Scheduled',
    message: `It says ${uid}.`,
    count: 1,
    first: now - 60_000,
    last: now - 60_000,
    reporter: 'kubelet, node-3',
    ...over,
  };
}
