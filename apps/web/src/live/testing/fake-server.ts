import type { ClientMessage, ClusterState, Freshness, ServerMessage } from '@kindscope/protocol';
import type { Socket, SocketHandlers } from '../connection.ts';
import { createLive, type LiveDeps } from '../live.ts';
import { createFakeClock } from './fake-clock.ts';

/** The server's end of one socket. */
export interface FakePeer {
  readonly protocol: string;
  readonly received: ClientMessage[];
  /** The client hung up. */
  readonly hungUp: () => boolean;
  readonly send: (message: ServerMessage) => void;
  readonly sendText: (text: unknown) => void;
  readonly welcome: (over?: { instance?: string; cluster?: ClusterState; time?: string }) => void;
  readonly close: (code?: number) => void;
}

export const live: Freshness = { kind: 'live' };

/** A live store with a clock to turn and a server to play. */
export function createTestLive(options: Partial<Pick<LiveDeps, 'probe'>> = {}) {
  const clock = createFakeClock();
  const peers: FakePeer[] = [];
  const openSocket = (protocol: string, handlers: SocketHandlers): Socket => {
    const received: ClientMessage[] = [];
    let gone = false;
    const send = (message: ServerMessage) => handlers.onMessage(JSON.stringify(message));
    peers.push({
      protocol,
      received,
      hungUp: () => gone,
      send,
      sendText: handlers.onMessage,
      welcome: (over) =>
        send({
          type: 'welcome',
          protocol: 1,
          version: '0.1.0',
          instance: over?.instance ?? 'one',
          time: over?.time ?? new Date(clock.now()).toISOString(),
          cluster: over?.cluster ?? { kind: 'connected' },
          limits: { subscriptions: 64, frameBytes: 65_536 },
        }),
      close: (code = 1006) => handlers.onClose(code),
    });
    return {
      send: (text) => received.push(JSON.parse(text) as ClientMessage),
      close: () => {
        gone = true;
      },
    };
  };
  const store = createLive({
    clock,
    openSocket,
    onFrame: clock.onFrame,
    random: () => 1,
    probe: options.probe ?? (() => Promise.resolve('other')),
  });
  /** The newest socket's other end. */
  const peer = (): FakePeer => {
    const newest = peers.at(-1);
    if (newest === undefined) throw new Error('no socket was opened');
    return newest;
  };
  return { clock, store, peers, peer };
}
