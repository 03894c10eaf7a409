import type { Fault, Freshness } from '@kindscope/protocol';
import type { LiveClock } from './clock.ts';
import type { CursorEvent } from './cursor.ts';
import type { Flusher } from './flusher.ts';
import { viewFreshness } from './freshness.ts';
import type {
  Attachment,
  Subscription,
  SubscriptionRequest,
  Subscriptions,
} from './subscriptions.ts';
import type { TableWindow, View } from './types.ts';

export interface ViewDeps {
  readonly clock: LiveClock;
  readonly flusher: Flusher;
  readonly subscriptions: Pick<Subscriptions, 'open'>;
  /** Milliseconds by the server's clock. */
  readonly now: () => number;
  readonly instance: () => string | undefined;
}

export interface ViewState {
  readonly freshness: Freshness;
  readonly fault: Fault | undefined;
}

type Applied = Exclude<CursorEvent, { kind: 'broken' }>;

export interface ViewSource<Snapshot> {
  readonly request: () => SubscriptionRequest;
  readonly apply: (event: Applied) => void;
  /** What the hooks read until the next flush. */
  readonly publish: (state: ViewState) => Snapshot;
  /** After a flush, for what is finer than the view: the rows of a table. */
  readonly onFlushed?: () => void;
  /** The attachment was lost, before anything else comes. */
  readonly onLost?: (since: string) => void;
  /** Nobody looked for a while and the subscription is closed. */
  readonly onIdle: () => void;
}

export interface SharedView<Snapshot> extends View<Snapshot> {
  /** Something outside the stream changed what `publish` gives. */
  readonly touch: () => void;
  readonly setWindow: (window: TableWindow) => void;
}

/** Going back to a page within this time finds it as it was. */
const lingerMs = 5_000;

/**
 * One subscription shared by all who look at the same thing. It is opened for the first listener
 * and closed some seconds after the last one left.
 */
export function createSharedView<Snapshot>(
  deps: ViewDeps,
  source: ViewSource<Snapshot>,
): SharedView<Snapshot> {
  const listeners = new Set<() => void>();
  let subscription: Subscription | undefined;
  let attachment: Attachment = { kind: 'starting' };
  let changedAt = new Date(deps.now()).toISOString();
  let server: Freshness | undefined;
  let current = publish();
  let cancelIdle = idleLater();

  function publish(): Snapshot {
    return source.publish({
      freshness: viewFreshness(attachment, server, changedAt),
      fault: faultOf(attachment, server),
    });
  }
  function flush() {
    current = publish();
    for (const listener of listeners) listener();
    source.onFlushed?.();
  }
  const touch = () => deps.flusher.schedule(flush);

  function idleLater() {
    return deps.clock.after(lingerMs, () => {
      subscription?.close();
      subscription = undefined;
      source.onIdle();
    });
  }
  const noteFreshness = (event: Applied) => {
    if (event.kind === 'snapshot') {
      server = event.begin.freshness;
      for (const frame of event.frames) if (frame.type === 'freshness') server = frame.freshness;
    } else if (event.frame.type === 'freshness') server = event.frame.freshness;
  };
  const open = () =>
    deps.subscriptions.open(source.request(), {
      onAttachment: (next) => {
        attachment = next;
        changedAt = new Date(deps.now()).toISOString();
        if (next.kind === 'lost') source.onLost?.(next.since);
        touch();
      },
      onEvent: (event) => {
        noteFreshness(event);
        source.apply(event);
        touch();
      },
    });

  return {
    subscribe: (listener) => {
      cancelIdle();
      listeners.add(listener);
      subscription ??= open();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        cancelIdle();
        cancelIdle = idleLater();
      };
    },
    snapshot: () => current,
    touch,
    setWindow: (window) => subscription?.setWindow(window),
  };
}

function faultOf(attachment: Attachment, server: Freshness | undefined): Fault | undefined {
  if (attachment.kind === 'failed' || attachment.kind === 'lost') return attachment.fault;
  if (attachment.kind !== 'attached') return undefined;
  return server?.kind === 'forbidden' || server?.kind === 'stale' ? server.fault : undefined;
}
