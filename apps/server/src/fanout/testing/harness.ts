import type { Buffer } from 'node:buffer';
import { createFakeClock, type FakeClock } from '@kindscope/informer/testing';
import { parseJson } from '@kindscope/kube';
import {
  ServerMessage,
  type ClientMessage,
  type ClusterState,
  type Subscribe,
} from '@kindscope/protocol';
import { Compile } from 'typebox/compile';
import { createActivity } from '../../timeline/activity.ts';
import { createChangeRecorder } from '../../timeline/change-recorder.ts';
import { createMemoryChangeLog, type ChangeLogLimits } from '../../timeline/memory-change-log.ts';
import { createRevisionLog } from '../../timeline/revision-log.ts';
import type { Connection } from '../connection.ts';
import { createFanout, type Fanout } from '../fanout.ts';
import type { RingLimits } from '../frame-ring.ts';
import { limits } from '../limits.ts';
import { createRowBuilders } from '../rows.ts';
import { createClientModel, type ClientModel } from './client-model.ts';
import { createFakeCatalog, type FakeCatalog } from './fake-catalog.ts';

const schema = Compile(ServerMessage);
const quiet = { debug() {}, info() {}, warn() {}, error: fail };

function fail(fields: object, message: string): never {
  throw new Error(`${message}: ${String('err' in fields ? fields.err : '')}`);
}

type WithoutId<S> = S extends unknown ? Omit<S, 'type' | 'id'> : never;
export type Request = WithoutId<Subscribe>;

/** A client whose socket is two queues: what it has not read waits, as in a kernel. */
export interface TestClient {
  readonly model: ClientModel;
  readonly closedWith: number | undefined;
  /** Bytes it has not read. */
  readonly waiting: number;
  /** The very frames it got. */
  readonly frames: readonly Buffer[];
  send(message: ClientMessage): void;
  sendText(text: string): void;
  subscribe(request: Request, id?: number): number;
  /** Reads no more; what comes waits in its buffer. */
  freeze(): void;
  /** As frozen, and its buffer is full at once. */
  choke(): void;
  /** Reads what waits, and goes on. */
  thaw(): void;
  /** The socket breaks; frames under way are lost. */
  cut(): void;
  /** A new socket; asks for everything again from where it was. */
  reconnect(): void;
}

export interface Harness {
  readonly clock: FakeClock;
  readonly catalog: FakeCatalog;
  readonly fanout: Fanout;
  readonly changes: ReturnType<typeof createMemoryChangeLog>;
  readonly setCluster: (state: ClusterState) => void;
  readonly connect: () => TestClient;
  /** Lets time pass until every flush has come. */
  readonly quiet: () => Promise<void>;
}

export function createHarness(
  options: { readonly log?: ChangeLogLimits; readonly ring?: RingLimits } = {},
): Harness {
  const clock = createFakeClock(Date.UTC(2026, 10, 22, 14));
  const catalog = createFakeCatalog();
  const changes = createMemoryChangeLog(options.log);
  const revisions = createRevisionLog();
  revisions.follow(changes);
  const activity = createActivity({ clock });
  const clusterListeners = new Set<(state: ClusterState) => void>();
  let cluster: ClusterState = { kind: 'connected' };
  createChangeRecorder({
    listKeys: () => undefined,
    catalog,
    changes,
    activity,
    clock,
    later: (task) => void setImmediate(task),
    log: quiet,
  });
  const fanout = createFanout({
    catalog,
    changes,
    revisions,
    activity,
    rowBuilder: createRowBuilders(),
    clock,
    log: quiet,
    instance: 'test',
    ...(options.ring === undefined ? {} : { ring: options.ring }),
    version: '0.0.0',
    cluster: {
      get state() {
        return cluster;
      },
      onChange(listener) {
        clusterListeners.add(listener);
        return () => clusterListeners.delete(listener);
      },
    },
  });

  function connect(): TestClient {
    const model = createClientModel();
    const requests = new Map<number, Subscribe>();
    const frames: Buffer[] = [];
    let frozen = false;
    let stuck = false;
    let inbox: Buffer[] = [];
    let waiting = 0;
    let closedWith: number | undefined;
    let connection = open();
    let lastId = 0;

    function open(): Connection {
      return fanout.connect({
        send(frame) {
          if (!frozen) return read(frame);
          inbox.push(frame);
          waiting += frame.length;
        },
        get buffered() {
          if (stuck) return limits.highWater + 1;
          return waiting;
        },
        close(code) {
          closedWith = code;
        },
      });
    }

    function read(frame: Buffer): void {
      frames.push(frame);
      const text = frame.toString('utf8');
      const message: unknown = JSON.parse(text);
      if (!schema.Check(message)) throw new Error(`not of the protocol: ${text.slice(0, 300)}`);
      model.take(parseJson(text) as unknown as ServerMessage);
    }

    function send(message: ClientMessage): void {
      if (message.type === 'subscribe') requests.set(message.id, message);
      if (message.type === 'unsubscribe') requests.delete(message.id);
      if (message.type === 'window') {
        const asked = requests.get(message.id);
        if (asked?.view === 'table') requests.set(message.id, { ...asked, window: message.window });
      }
      model.sent(message);
      connection.receive(JSON.stringify(message));
    }

    return {
      model,
      frames,
      get waiting() {
        return waiting;
      },
      get closedWith() {
        return closedWith;
      },
      send,
      sendText: (text) => connection.receive(text),
      subscribe(request, id = (lastId += 1)) {
        send({ ...request, type: 'subscribe', id });
        return id;
      },
      freeze() {
        frozen = true;
      },
      choke() {
        frozen = true;
        stuck = true;
      },
      thaw() {
        stuck = false;
        while (inbox.length > 0) {
          const frames = inbox;
          inbox = [];
          waiting = 0;
          for (const frame of frames) read(frame);
          connection.drained();
        }
        frozen = false;
        connection.drained();
      },
      cut() {
        inbox = [];
        waiting = 0;
        frozen = false;
        stuck = false;
        model.lost();
        connection.closed();
      },
      reconnect() {
        connection = open();
        for (const [id, { resume: _, ...request }] of requests) {
          const { position } = model.held(id);
          const resume = position === undefined ? {} : { resume: position };
          send({ ...request, ...resume });
        }
      },
    };
  }

  return {
    clock,
    catalog,
    fanout,
    changes,
    setCluster(state) {
      cluster = state;
      for (const listener of clusterListeners) listener(state);
    },
    connect,
    async quiet() {
      await clock.advance(20);
      await clock.advance(20);
      await clock.advance(20);
    },
  };
}
