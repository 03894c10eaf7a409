import { Buffer } from 'node:buffer';
import { protocolVersion, type ServerMessage } from '@kindscope/protocol';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Result } from '../result.ts';
import { instant } from '../timeline/instant.ts';
import { readChangeFeed, type ChangeFeed, type FeedQuery } from './change-feed.ts';
import { createConnection, type ClientPort, type Connection } from './connection.ts';
import { closeCodes, limits } from './limits.ts';
import { createStreamDesk, type StreamDeskDeps } from './stream-desk.ts';

export interface FanoutDeps extends StreamDeskDeps {
  readonly cluster: ClusterConnection;
  /** Kindscope's version. */
  readonly version: string;
}

interface FanoutStats {
  readonly connections: number;
  readonly subscriptions: number;
  readonly streams: number;
}

/** The live protocol without its sockets. */
export interface Fanout {
  /** A client has come; it is greeted at once. */
  connect(port: ClientPort): Connection;
  /** The changes view without its frames, for other transports. Faults: `bad-selector`, and the catalogue's. */
  openFeed(query: FeedQuery): Result<ChangeFeed>;
  stats(): FanoutStats;
  /** Says goodbye to everybody and stops every stream. */
  close(): void;
}

/** `instance` must differ from one server process to the next: epochs begin with it. */
export function createFanout(deps: FanoutDeps): Fanout {
  const { clock, cluster, catalog, changes } = deps;
  const desk = createStreamDesk(deps);
  const connections = new Set<Connection>();
  const now = () => instant(clock.now());

  const offCluster = cluster.onChange((state) => {
    const message: ServerMessage = { type: 'cluster', cluster: state };
    const frame = Buffer.from(JSON.stringify(message));
    for (const connection of connections) connection.tell(frame);
  });

  function welcome(): ServerMessage {
    return {
      type: 'welcome',
      protocol: protocolVersion,
      version: deps.version,
      instance: deps.instance,
      time: now(),
      cluster: cluster.state,
      limits: { subscriptions: limits.subscriptions, frameBytes: limits.frameBytes },
    };
  }

  return {
    connect(port) {
      const connection: Connection = createConnection({
        port,
        desk,
        clock,
        welcome,
        now,
        onClosed: () => connections.delete(connection),
      });
      connections.add(connection);
      return connection;
    },
    openFeed: (query) => readChangeFeed({ catalog, changes }, query),
    stats: () => ({
      connections: connections.size,
      subscriptions: [...connections].reduce((sum, { subscriptions }) => sum + subscriptions, 0),
      streams: desk.streams,
    }),
    close() {
      offCluster();
      for (const connection of connections) connection.close(closeCodes.goingAway);
      desk.close();
    },
  };
}
