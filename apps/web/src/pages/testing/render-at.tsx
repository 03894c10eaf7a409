import type { ClientMessage, Freshness, Row, StreamFrame } from '@kindscope/protocol';
import { act, waitFor } from '@testing-library/react';
import { json, renderApp } from '../../testing/render-app.tsx';

type Subscribe = Extract<ClientMessage, { type: 'subscribe' }>;
type WithoutFrame<F> = F extends unknown ? Omit<F, 'stream' | 'epoch' | 'seq'> : never;
/** A frame without its place in the stream, which is counted here. */
export type Frame = WithoutFrame<StreamFrame>;

/** Sizes, which jsdom has none of: every element is a window of 1200 × 640, a line of a list 20 high. */
export function layOut(): void {
  const size = { offsetHeight: 640, clientHeight: 640, offsetWidth: 1200, clientWidth: 1200 };
  for (const [name, value] of Object.entries(size)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return name === 'offsetHeight' && this.hasAttribute('data-index') ? 20 : value;
      },
    });
  }
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.scrollTo = () => {};
}

export interface Page {
  /** What the page asked the server for, newest last. */
  readonly asked: (view: Subscribe['view']) => Promise<Subscribe>;
  /** Every message of the page. */
  readonly messages: () => readonly ClientMessage[];
  /** Sends frames to the newest subscription of a view. */
  readonly send: (view: Subscribe['view'], ...frames: readonly Frame[]) => Promise<void>;
  readonly lose: () => void;
  /** Lets the live store tell what it holds back for the next frame. */
  readonly frame: () => void;
  /** The search parameters of the URL. */
  readonly search: () => URLSearchParams;
  readonly path: () => string;
}

/** Shows the app at a URL, over a live store whose server is the test, and an API that answers these bodies by path. */
export async function renderAt(
  url: string,
  answers: Readonly<Record<string, unknown>> = {},
): Promise<Page> {
  const bodies = Object.entries(answers).map(([path, body]) => [path, json(body)] as const);
  const { peer, clock, router } = await renderApp(url, { answers: Object.fromEntries(bodies) });
  act(() => peer().welcome());
  const subscriptions = (view: Subscribe['view']): Subscribe[] =>
    peer().received.filter(
      (message): message is Subscribe => message.type === 'subscribe' && message.view === view,
    );
  /** The sequence number of each stream that was attached. */
  const streams = new Map<number, number>();
  const asked = async (view: Subscribe['view']): Promise<Subscribe> => {
    await waitFor(
      () => {
        if (subscriptions(view).length === 0) throw new Error(`nobody asked for ${view}`);
      },
      { timeout: 5000 },
    );
    const [newest] = subscriptions(view).slice(-1);
    if (newest === undefined) throw new Error(`nobody asked for ${view}`);
    return newest;
  };
  return {
    asked,
    messages: () => peer().received,
    send: async (view, ...frames) => {
      const { id } = await asked(view);
      await act(async () => {
        if (!streams.has(id)) {
          peer().send({ type: 'attached', id, stream: id, resumed: false });
        }
        let seq = streams.get(id) ?? 0;
        let snapshot = false;
        for (const frame of frames) {
          snapshot = frame.type === 'begin' || (snapshot && frame.type !== 'end');
          // The frames of a snapshot all have the number of the last delta.
          if (!snapshot && frame.type !== 'end') seq += 1;
          peer().send({ ...frame, stream: id, epoch: 'e', seq });
        }
        streams.set(id, seq);
        clock.frame();
        clock.pass(300);
      });
    },
    frame: () => act(() => clock.frame()),
    lose: () =>
      act(() => {
        peer().close();
        clock.frame();
        clock.pass(300);
      }),
    search: () => new URLSearchParams(router.state.location.searchStr),
    path: () => router.state.location.pathname,
  };
}

export const live: Freshness = { kind: 'live' };

/** A row of an imaginary resource with two printer columns. */
export function aRow(name: string, facts: Partial<Row> = {}): Row {
  return {
    key: `shop/${name}`,
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    resourceVersion: '1001',
    created: '2026-11-22T12:00:00Z',
    health: { status: 'healthy' },
    cells: ['5', 'web:1'],
    ...facts,
  };
}

/** The snapshot of a table with these rows. */
export function tableSnapshot(
  rows: readonly Row[],
  facts: {
    readonly total?: number;
    readonly freshness?: Freshness;
    readonly matched?: number;
  } = {},
): Frame[] {
  return [
    {
      type: 'begin',
      reset: false,
      freshness: facts.freshness ?? live,
      columns: [
        { name: 'Desired', type: 'integer', priority: 0 },
        { name: 'Image', type: 'string', priority: 1 },
      ],
    },
    {
      type: 'table',
      total: facts.total ?? rows.length,
      matched: facts.matched ?? rows.length,
      offset: 0,
      keys: rows.map(({ key }) => key),
      rows: [...rows],
      partial: false,
    },
    { type: 'end' },
  ];
}
