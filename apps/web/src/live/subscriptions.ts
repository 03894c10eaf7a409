import type { ClientMessage, Fault, StreamFrame, Subscribe } from '@kindscope/protocol';
import { newCursor, stepCursor, type Cursor, type CursorEvent } from './cursor.ts';
import type { TableWindow } from './types.ts';

type WithoutId<S> = S extends unknown ? Omit<S, 'type' | 'id' | 'resume'> : never;
/** What a view asks for; the id and the place to resume at are added here. */
export type SubscriptionRequest = WithoutId<Subscribe>;

/** How a subscription stands with the server. */
export type Attachment =
  /** Nothing was ever heard. */
  | { readonly kind: 'starting' }
  /** The connection is lost: what is held was true at `since` (RFC 3339). */
  | { readonly kind: 'lost'; readonly since: string; readonly fault: Fault }
  /** The connection is back, the stream is not yet. */
  | { readonly kind: 'returning'; readonly since: string }
  | { readonly kind: 'attached' }
  /** The server ended it or will not have it. */
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface Sink {
  readonly onEvent: (event: Exclude<CursorEvent, { kind: 'broken' }>) => void;
  readonly onAttachment: (attachment: Attachment) => void;
}

export interface Subscription {
  /** Table only: asks for other rows. Asked again before the answer, only the last counts. */
  readonly setWindow: (window: TableWindow) => void;
  readonly close: () => void;
}

export interface Subscriptions {
  readonly open: (request: SubscriptionRequest, sink: Sink) => Subscription;
  readonly onOpen: () => void;
  readonly onLost: (since: string, fault: Fault) => void;
  readonly onAttached: (message: { id: number; stream: number; resumed: boolean }) => void;
  readonly onError: (id: number, fault: Fault) => void;
  readonly onFrame: (frame: StreamFrame) => void;
  /** Asks once more for what the server would not have: something came that may change its answer. */
  readonly retryFailed: () => void;
}

interface Entry {
  readonly id: number;
  readonly sink: Sink;
  request: SubscriptionRequest;
  cursor: Cursor;
  attachment: Attachment;
  stream: number | undefined;
  /** A `window` message is on its way; the next waits here for its answer. */
  moving: boolean;
  nextWindow: TableWindow | undefined;
  /** The window was changed since the position was reached: it is of another stream. */
  moved: boolean;
}

/** The subscriptions of one page: which there are, which stream each is attached to, and where it stands in it. */
export function createSubscriptions(send: (message: ClientMessage) => void): Subscriptions {
  const entries = new Map<number, Entry>();
  const byStream = new Map<number, Set<Entry>>();
  let lastId = 0;
  let isOpen = false;
  let lost: Extract<Attachment, { kind: 'lost' }> | undefined;

  const setAttachment = (entry: Entry, attachment: Attachment) => {
    entry.attachment = attachment;
    entry.sink.onAttachment(attachment);
  };
  const detach = (entry: Entry) => {
    if (entry.stream === undefined) return;
    const others = byStream.get(entry.stream);
    others?.delete(entry);
    if (others?.size === 0) byStream.delete(entry.stream);
    entry.stream = undefined;
  };
  const subscribe = (entry: Entry) => {
    detach(entry);
    entry.moving = false;
    entry.nextWindow = undefined;
    const resume = entry.moved ? undefined : entry.cursor.position;
    entry.moved = false;
    entry.cursor = { position: resume, collecting: undefined };
    send({
      ...entry.request,
      type: 'subscribe',
      id: entry.id,
      ...(resume === undefined ? {} : { resume }),
    });
  };
  const take = (entry: Entry, frame: StreamFrame) => {
    const step = stepCursor(entry.cursor, frame);
    entry.cursor = step.cursor;
    if (step.event === undefined) return;
    if (step.event.kind === 'broken') {
      send({ type: 'unsubscribe', id: entry.id });
      subscribe(entry);
      return;
    }
    if (step.event.kind === 'snapshot') setAttachment(entry, { kind: 'attached' });
    entry.sink.onEvent(step.event);
  };
  const move = (entry: Entry, window: TableWindow) => {
    entry.moving = true;
    entry.moved = true;
    send({ type: 'window', id: entry.id, window: wireWindow(window) });
  };

  return {
    open: (request, sink) => {
      lastId += 1;
      const entry: Entry = {
        id: lastId,
        sink,
        request,
        cursor: newCursor,
        attachment: lost ?? { kind: 'starting' },
        stream: undefined,
        moving: false,
        nextWindow: undefined,
        moved: false,
      };
      entries.set(entry.id, entry);
      sink.onAttachment(entry.attachment);
      if (isOpen) subscribe(entry);
      return {
        setWindow: (window) => {
          if (entry.request.view !== 'table') return;
          entry.request = { ...entry.request, window: wireWindow(window) };
          if (!isOpen || entry.attachment.kind === 'failed') entry.moved = true;
          else if (entry.moving || entry.stream === undefined) entry.nextWindow = window;
          else move(entry, window);
        },
        close: () => {
          detach(entry);
          if (entries.delete(entry.id) && isOpen && entry.attachment.kind !== 'failed') {
            send({ type: 'unsubscribe', id: entry.id });
          }
        },
      };
    },
    onOpen: () => {
      isOpen = true;
      const since = lost?.since;
      lost = undefined;
      for (const entry of entries.values()) {
        if (since !== undefined) setAttachment(entry, { kind: 'returning', since });
        subscribe(entry);
      }
    },
    onLost: (since, fault) => {
      isOpen = false;
      lost = { kind: 'lost', since, fault };
      byStream.clear();
      for (const entry of entries.values()) {
        entry.stream = undefined;
        entry.cursor = { position: entry.cursor.position, collecting: undefined };
        setAttachment(entry, lost);
      }
    },
    onAttached: ({ id, stream, resumed }) => {
      const entry = entries.get(id);
      if (entry === undefined) return;
      detach(entry);
      entry.stream = stream;
      entry.moving = false;
      const attached = byStream.get(stream) ?? new Set();
      byStream.set(stream, attached.add(entry));
      if (resumed) setAttachment(entry, { kind: 'attached' });
      else entry.cursor = newCursor;
      const window = entry.nextWindow;
      entry.nextWindow = undefined;
      if (window === undefined) entry.moved = false;
      else move(entry, window);
    },
    onError: (id, fault) => {
      const entry = entries.get(id);
      if (entry === undefined) return;
      detach(entry);
      entry.cursor = newCursor;
      setAttachment(entry, { kind: 'failed', fault });
    },
    onFrame: (frame) => {
      for (const entry of byStream.get(frame.stream) ?? []) take(entry, frame);
    },
    retryFailed: () => {
      if (!isOpen) return;
      for (const entry of entries.values()) {
        if (entry.attachment.kind === 'failed') subscribe(entry);
      }
    },
  };
}

function wireWindow(window: TableWindow): { offset: number; length: number; anchor?: string } {
  const { offset, length, anchor } = window;
  return { offset, length, ...(anchor === undefined ? {} : { anchor }) };
}
