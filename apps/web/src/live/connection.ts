import {
  subprotocol,
  type ClientMessage,
  type ClusterState,
  type Fault,
  type ServerMessage,
} from '@kindscope/protocol';
import type { LiveClock } from './clock.ts';
import { backOffMs, startLink, stepLink, type LinkEffect, type LinkInput } from './link.ts';
import { readMessage } from './message.ts';
import type { ConnectionSnapshot } from './types.ts';

/** As much of a WebSocket as is needed. */
export interface Socket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export interface SocketHandlers {
  readonly onMessage: (data: unknown) => void;
  readonly onClose: (code: number) => void;
}

export interface ConnectionDeps {
  /** Calls its handlers later, never before it has returned. */
  readonly openSocket: (protocol: string, handlers: SocketHandlers) => Socket;
  /** Asks over HTTP why there is no socket; `answered`: over HTTP nothing is wrong. */
  readonly probe: (signal: AbortSignal) => Promise<'unauthorized' | 'answered' | 'other'>;
  readonly clock: LiveClock;
  readonly random: () => number;
  readonly onChange: (snapshot: ConnectionSnapshot) => void;
  readonly onOpen: () => void;
  /** `since`: RFC 3339, by the server's clock. */
  readonly onLost: (since: string, fault: Fault) => void;
  readonly onMessage: (message: ServerMessage) => void;
}

export interface Connection {
  readonly snapshot: () => ConnectionSnapshot;
  readonly send: (message: ClientMessage) => void;
  /** Milliseconds by the server's clock. */
  readonly now: () => number;
  /** The network is back or the page is looked at: no need to wait any longer. */
  readonly wake: () => void;
  readonly retry: () => void;
  readonly reportUnauthorized: () => void;
  /** Changes with the server's process. */
  readonly instance: () => string | undefined;
  readonly close: () => void;
}

/** The server beats every 15 s (PROTOCOL.md): after two missed ones nobody is there. */
const silenceMs = 40_000;
const handshakeMs = 10_000;
const probeMs = 5_000;
/** The close code of an ended session (4000–4999 are an application's own, RFC 6455 7.4.2). */
const sessionEnded = 4401;

const lostFault: Fault = {
  code: 'disconnected',
  detail: 'The connection to Kindscope is lost; it is tried again.',
  remedy: 'If it stays so, look at the terminal Kindscope was started in.',
};
/** How often HTTP has to be answered and the socket refused: once may be a server that just came up. */
const refusals = 2;
const refusedFault: Fault = {
  code: 'protocol-not-spoken',
  detail: 'Kindscope answers, but takes no live connection from this page; it is tried again.',
  remedy:
    'Reload the page: it may be of another version than the server. If that does not help, a proxy between them lets no WebSocket through.',
};
const unauthorizedFault: Fault = {
  code: 'unauthorized',
  detail: 'Kindscope asks for its token.',
  remedy: 'Open the address that it printed when it started, or enter the token from it.',
};

/** Keeps one WebSocket to Kindscope alive and says how it stands. */
export function createConnection(deps: ConnectionDeps): Connection {
  const { clock } = deps;
  const first = startLink(clock.now());
  let state = first.state;
  let socket: Socket | undefined;
  let heardAt = clock.now();
  let offsetMs = 0;
  let attempted = false;
  let refused = 0;
  let cluster: ClusterState = { kind: 'connecting' };
  let version: string | undefined;
  let instance: string | undefined;
  let cancelTimer = () => {};
  let probing: AbortController | undefined;
  let current = describe();

  function describe(): ConnectionSnapshot {
    const unauthorized = state.kind === 'unauthorized';
    const closed = unauthorized || (attempted && state.kind !== 'open');
    return {
      kind: state.kind === 'open' ? 'open' : closed ? 'closed' : 'connecting',
      since: new Date(state.since + offsetMs).toISOString(),
      cluster,
      unauthorized,
      fault: unauthorized ? unauthorizedFault : closed ? closedFault() : undefined,
      version,
      instance,
    };
  }
  function closedFault(): Fault {
    return refused < refusals ? lostFault : refusedFault;
  }
  const publish = () => {
    current = describe();
    deps.onChange(current);
  };

  const input = (value: LinkInput) => {
    const before = state;
    const step = stepLink(state, value, clock.now());
    state = step.state;
    const lost = before.kind !== state.kind && state.kind !== 'open' && state.kind !== 'connecting';
    if (lost) attempted = true;
    for (const effect of step.effects) run(effect);
    if (before.kind === state.kind) return;
    publish();
    if (lost) deps.onLost(current.since, current.fault ?? lostFault);
    if (state.kind === 'open') deps.onOpen();
  };

  const timer = (ms: number, value: () => LinkInput) => {
    cancelTimer();
    cancelTimer = clock.after(ms, () => input(value()));
  };
  const watchSilence = () => timer(silenceMs, () => ({ kind: 'silent', heard: heardAt }));

  const take = (data: unknown) => {
    heardAt = clock.now();
    const received = readMessage(data);
    if (received.kind === 'garbled') {
      input({ kind: 'closed', unauthorized: false });
      return;
    }
    if (state.kind === 'open') watchSilence();
    if (received.kind === 'unknown') return;
    const { message } = received;
    switch (message.type) {
      case 'welcome':
        ({ cluster, version, instance } = message);
        offsetMs = offsetOf(message.time);
        refused = 0;
        input({ kind: 'welcome' });
        watchSilence();
        return;
      case 'beat':
        offsetMs = offsetOf(message.time);
        return;
      case 'cluster':
        cluster = message.cluster;
        publish();
        return;
      default:
        deps.onMessage(message);
    }
  };
  const offsetOf = (time: string) => {
    const offset = Date.parse(time) - clock.now();
    return Number.isNaN(offset) ? offsetMs : offset;
  };

  function connect() {
    drop();
    const opened = deps.openSocket(subprotocol, {
      onMessage: (data) => {
        if (socket === opened) take(data);
      },
      onClose: (code) => {
        if (socket === opened) input({ kind: 'closed', unauthorized: code === sessionEnded });
      },
    });
    socket = opened;
    timer(handshakeMs, () => ({ kind: 'late' }));
  }
  function drop() {
    cancelTimer();
    probing?.abort();
    const dropped = socket;
    socket = undefined;
    dropped?.close();
  }
  function probe() {
    const controller = new AbortController();
    probing = controller;
    cancelTimer = clock.after(probeMs, () => controller.abort());
    const settle = (answer: 'unauthorized' | 'answered' | 'other') => {
      if (probing !== controller) return;
      probing = undefined;
      cancelTimer();
      refused = answer === 'answered' ? refused + 1 : 0;
      input({ kind: 'probed', unauthorized: answer === 'unauthorized' });
    };
    deps.probe(controller.signal).then(settle, () => settle('other'));
  }
  function run(effect: LinkEffect) {
    switch (effect) {
      case 'connect':
        connect();
        return;
      case 'drop':
        drop();
        return;
      case 'probe':
        probe();
        return;
      case 'wait': {
        const attempt = state.kind === 'waiting' ? state.attempt : 0;
        timer(backOffMs(attempt, deps.random), () => ({ kind: 'due' }));
      }
    }
  }

  for (const effect of first.effects) run(effect);

  return {
    snapshot: () => current,
    send: (message) => socket?.send(JSON.stringify(message)),
    now: () => clock.now() + offsetMs,
    wake: () => {
      // A laptop that slept may hold a socket that died long ago.
      if (state.kind === 'open' && clock.now() - heardAt > silenceMs) {
        input({ kind: 'silent', heard: heardAt });
      }
      input({ kind: 'due' });
    },
    retry: () => input({ kind: 'retry' }),
    reportUnauthorized: () => input({ kind: 'refused' }),
    instance: () => instance,
    close: () => {
      drop();
      cancelTimer();
    },
  };
}
