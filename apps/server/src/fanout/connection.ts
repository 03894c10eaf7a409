import { Buffer } from 'node:buffer';
import type { Clock } from '@kindscope/informer';
import type { ClientMessage, Fault, ServerMessage, Subscribe } from '@kindscope/protocol';
import { readClientMessage } from './client-messages.ts';
import type { Cursor, Outlet } from './cursor.ts';
import { closeCodes, limits, type CloseCode } from './limits.ts';
import type { StreamDesk } from './stream-desk.ts';
import type { Stream } from './stream.ts';
import { createTokenBucket } from './token-bucket.ts';

/** The way to one client: a socket, or a pair of queues in a test. */
export interface ClientPort {
  /** Takes one text frame; the same bytes may be given to many ports. */
  send(frame: Buffer): void;
  /** Bytes that were taken and have not left yet. */
  readonly buffered: number;
  close(code: number, reason: string): void;
}

/** One client's side of the protocol. It never throws at what a client sends. */
export interface Connection {
  receive(text: string): void;
  /** The message had more bytes than a client may send; what it said is not known. */
  receiveOversized(bytes: number): void;
  /** Less waits in the port than before. */
  drained(): void;
  /** A frame that is for everybody, such as the state of the cluster. */
  tell(frame: Buffer): void;
  close(why: CloseCode): void;
  /** The port is gone. */
  closed(): void;
  readonly subscriptions: number;
}

export interface ConnectionDeps {
  readonly port: ClientPort;
  readonly desk: StreamDesk;
  readonly clock: Clock;
  readonly welcome: () => ServerMessage;
  readonly now: () => string;
  readonly onClosed: () => void;
}

interface Subscription {
  readonly request: Subscribe;
  readonly stream: Stream;
}

/** This connection's one place in a stream, however many of its subscriptions share it. */
interface Attached {
  readonly cursor: Cursor;
  readonly ids: Set<number>;
}

function snapshotRequest(request: Subscribe): { backlog: number } {
  return { backlog: request.view === 'changes' ? (request.backlog ?? limits.backlog) : 0 };
}

export function createConnection(deps: ConnectionDeps): Connection {
  const { port, desk, clock } = deps;
  const subscriptions = new Map<number, Subscription>();
  const attached = new Map<Stream, Attached>();
  const waiting = new Set<Cursor>();
  const bucket = createTokenBucket(clock, limits.messageBurst, limits.messagesPerSecond);
  let open = true;
  let lastSent = clock.monotonic();
  let cancelBeat = clock.after(limits.beatMs, beat);

  function send(frame: Buffer): void {
    if (!open) return;
    lastSent = clock.monotonic();
    port.send(frame);
    // Only answers get here once a client is no more fed: it asks and does not read.
    if (port.buffered > limits.hopeless) close(closeCodes.tooSlow);
  }

  function say(message: ServerMessage): void {
    send(Buffer.from(JSON.stringify(message)));
  }

  function refuse(id: number | undefined, fault: Fault): void {
    say({ type: 'error', ...(id === undefined ? {} : { id }), fault });
  }

  function beat(): void {
    const silence = clock.monotonic() - lastSent;
    if (silence >= limits.beatMs) say({ type: 'beat', time: deps.now() });
    if (!open) return;
    cancelBeat = clock.after(limits.beatMs - (clock.monotonic() - lastSent), beat);
  }

  const outlet: Outlet = {
    get blocked() {
      return !open || port.buffered > limits.highWater;
    },
    send,
    wait(cursor) {
      // At the end, if it was just served: it goes behind those that were not.
      waiting.add(cursor);
    },
  };

  function attach(id: number, request: Subscribe, stream: Stream): void {
    const place = attached.get(stream);
    if (place !== undefined) {
      place.ids.add(id);
      say({ type: 'attached', id, stream: stream.id, resumed: false });
      place.cursor.restart(snapshotRequest(request));
      place.cursor.pump();
      return;
    }
    const resume = 'resume' in request ? request.resume : undefined;
    const { cursor, resumed } = stream.attach(outlet, snapshotRequest(request), resume);
    attached.set(stream, { cursor, ids: new Set([id]) });
    say({ type: 'attached', id, stream: stream.id, resumed });
    cursor.pump();
  }

  function detach(id: number, stream: Stream): void {
    const place = attached.get(stream);
    if (place === undefined || !place.ids.delete(id) || place.ids.size > 0) return;
    attached.delete(stream);
    waiting.delete(place.cursor);
    place.cursor.detach();
  }

  function drop(id: number): Subscription | undefined {
    const subscription = subscriptions.get(id);
    if (subscription === undefined) return undefined;
    subscriptions.delete(id);
    detach(id, subscription.stream);
    return subscription;
  }

  function subscribe(request: Subscribe): void {
    const { id } = request;
    if (drop(id) !== undefined) return refuse(id, idInUse(id));
    if (subscriptions.size >= limits.subscriptions) return refuse(id, tooManySubscriptions);
    const stream = desk.open(request);
    if (!stream.ok) return refuse(id, stream.fault);
    subscriptions.set(id, { request, stream: stream.value });
    attach(id, request, stream.value);
  }

  function moveWindow({ id, window }: Extract<ClientMessage, { type: 'window' }>): void {
    const subscription = subscriptions.get(id);
    if (subscription?.request.view !== 'table') {
      drop(id);
      return refuse(id, subscription === undefined ? noSubscription(id) : noWindow(id));
    }
    const { resume: _, ...rest } = subscription.request;
    const request = { ...rest, window };
    const stream = desk.open(request);
    if (!stream.ok) {
      drop(id);
      return refuse(id, stream.fault);
    }
    subscriptions.set(id, { request, stream: stream.value });
    if (stream.value === subscription.stream) {
      return say({ type: 'attached', id, stream: stream.value.id, resumed: true });
    }
    attach(id, request, stream.value);
    detach(id, subscription.stream);
    desk.abandon(subscription.stream);
  }

  function handle(message: ClientMessage): void {
    switch (message.type) {
      case 'subscribe':
        return subscribe(message);
      case 'window':
        return moveWindow(message);
      case 'unsubscribe':
        if (drop(message.id) === undefined) refuse(message.id, noSubscription(message.id));
    }
  }

  /** Whether one more message may be taken. */
  function admit(): boolean {
    if (!open) return false;
    if (bucket.take()) return true;
    refuse(undefined, tooManyMessages);
    close(closeCodes.tooManyMessages);
    return false;
  }

  function end(): void {
    if (!open) return;
    open = false;
    cancelBeat();
    for (const { cursor } of attached.values()) cursor.detach();
    attached.clear();
    subscriptions.clear();
    waiting.clear();
    deps.onClosed();
  }

  function close(why: CloseCode): void {
    if (!open) return;
    end();
    port.close(why.code, why.reason);
  }

  say(deps.welcome());

  return {
    receive(text) {
      if (!admit()) return;
      const read = readClientMessage(text);
      if (read.ok) handle(read.message);
      else refuse(read.id, read.fault);
    },
    receiveOversized(bytes) {
      if (admit()) refuse(undefined, oversized(bytes));
    },
    drained() {
      // One that blocks again puts itself at the end, and is not reached: the outlet is blocked.
      for (const cursor of waiting) {
        if (outlet.blocked) return;
        waiting.delete(cursor);
        cursor.pump();
      }
    },
    tell: send,
    close,
    closed: end,
    get subscriptions() {
      return subscriptions.size;
    },
  };
}

const tooManySubscriptions: Fault = {
  code: 'too-many-subscriptions',
  detail: `This connection has ${limits.subscriptions} open subscriptions, the most it may have.`,
  remedy: 'Unsubscribe from what is no longer shown.',
};
const tooManyMessages: Fault = {
  code: 'too-many-messages',
  detail: `More than ${limits.messagesPerSecond} messages a second came for too long.`,
  remedy: 'Send fewer: a window need not be moved with every pixel.',
};

function oversized(bytes: number): Fault {
  return {
    code: 'frame-too-large',
    detail: `The message had ${bytes} bytes; ${limits.frameBytes} are allowed.`,
    remedy: 'Shorten it: no message that makes sense is as long.',
  };
}

function idInUse(id: number): Fault {
  return {
    code: 'id-in-use',
    detail: `Subscription ${id} was open already; both are closed now.`,
    remedy: 'Choose another id, or unsubscribe first.',
  };
}

function noSubscription(id: number): Fault {
  return { code: 'unknown-subscription', detail: `There is no subscription ${id}.` };
}

function noWindow(id: number): Fault {
  return {
    code: 'no-window',
    detail: `Subscription ${id} is not of a table, so it had no window; it is closed now.`,
    remedy: 'Move the windows of tables only.',
  };
}
