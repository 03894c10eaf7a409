import type {
  Change,
  ClientMessage,
  Column,
  Fault,
  Freshness,
  GapFrame,
  ResourceInfo,
  Row,
  ServerMessage,
  StreamFrame,
} from '@kindscope/protocol';

/** What a client holds of one subscription, built from frames alone, as PROTOCOL.md tells a client to. */
export interface Held {
  stream: number | undefined;
  position: { readonly epoch: string; readonly seq: number } | undefined;
  fault: Fault | undefined;
  snapshots: number;
  resets: number;
  freshness: Freshness | undefined;
  readonly columns: readonly Column[];
  readonly total: number;
  readonly matched: number;
  readonly offset: number;
  readonly partial: boolean;
  readonly keys: readonly string[];
  readonly rows: ReadonlyMap<string, Row>;
  readonly object: unknown;
  readonly changes: readonly Change[];
  readonly gaps: readonly Omit<GapFrame, 'type' | 'stream' | 'epoch' | 'seq'>[];
  readonly items: ReadonlyMap<string, ResourceInfo>;
}

type Content = Pick<
  Held,
  | 'columns'
  | 'total'
  | 'matched'
  | 'offset'
  | 'partial'
  | 'keys'
  | 'rows'
  | 'object'
  | 'changes'
  | 'gaps'
  | 'items'
>;

const nothing: Content = {
  columns: [],
  total: 0,
  matched: 0,
  offset: 0,
  partial: false,
  keys: [],
  rows: new Map(),
  object: undefined,
  changes: [],
  gaps: [],
  items: new Map(),
};

function applyContent(held: Content, frame: StreamFrame): Content {
  switch (frame.type) {
    case 'begin':
      return { ...nothing, columns: frame.columns ?? [] };
    case 'table': {
      const keys = frame.keys ?? held.keys;
      const rows = new Map(held.rows);
      for (const row of frame.rows) rows.set(row.key, row);
      for (const key of rows.keys()) if (!keys.includes(key)) rows.delete(key);
      const { total, matched, offset, partial } = frame;
      return { ...held, total, matched, offset, partial, keys, rows };
    }
    case 'object':
      return { ...held, object: frame.object };
    case 'catalog': {
      const items = new Map(held.items);
      for (const item of frame.items) items.set(item.id, item);
      for (const id of frame.removed) items.delete(id);
      return { ...held, items };
    }
    case 'changes':
      return { ...held, changes: [...held.changes, ...frame.changes] };
    case 'gap': {
      const { type: _type, stream: _stream, epoch: _epoch, seq: _seq, ...gap } = frame;
      return { ...held, gaps: [...held.gaps, gap] };
    }
    default:
      return held;
  }
}

export interface ClientModel {
  readonly received: readonly ServerMessage[];
  readonly subscriptions: ReadonlyMap<number, Held>;
  take(message: ServerMessage): void;
  /** Takes note of what this client sends. */
  sent(message: ClientMessage): void;
  held(id: number): Held;
  /** The socket is gone; what is held stays. */
  lost(): void;
}

/** Throws where a frame breaks the numbering: that is the server's mistake. */
export function createClientModel(): ClientModel {
  const received: ServerMessage[] = [];
  const subscriptions = new Map<number, Held>();
  const collecting = new Map<Held, Content>();

  function held(id: number): Held {
    const found = subscriptions.get(id);
    if (found === undefined) throw new Error(`no subscription ${id}`);
    return found;
  }

  function follow(one: Held, frame: StreamFrame): void {
    const position = { epoch: frame.epoch, seq: frame.seq };
    if (frame.type === 'begin') {
      collecting.set(one, applyContent(nothing, frame));
      if (frame.reset) one.resets += 1;
      one.freshness = frame.freshness;
      return;
    }
    const content = collecting.get(one);
    if (content !== undefined) {
      if (frame.type !== 'end') {
        collecting.set(one, applyContent(content, frame));
        return;
      }
      collecting.delete(one);
      one.snapshots += 1;
      one.position = position;
      Object.assign(one, content);
      return;
    }
    const { position: at } = one;
    const isNext = at?.epoch === frame.epoch && frame.seq === at.seq + 1;
    const afterGap = frame.type === 'gap' && at?.epoch === frame.epoch && frame.seq >= at.seq;
    const fill = frame.type === 'changes' && at?.epoch === frame.epoch && frame.seq === at.seq;
    if (!isNext && !afterGap && !fill) {
      throw new Error(`after ${JSON.stringify(at)} came ${frame.type} ${JSON.stringify(position)}`);
    }
    one.position = position;
    if (frame.type === 'freshness') one.freshness = frame.freshness;
    else Object.assign(one, applyContent(one, frame));
  }

  return {
    received,
    subscriptions,
    sent(message) {
      if (message.type === 'unsubscribe') subscriptions.delete(message.id);
      if (message.type !== 'subscribe') return;
      const known = subscriptions.get(message.id);
      subscriptions.set(
        message.id,
        known ?? {
          stream: undefined,
          position: undefined,
          fault: undefined,
          snapshots: 0,
          resets: 0,
          freshness: undefined,
          ...nothing,
        },
      );
    },
    take(message) {
      received.push(message);
      switch (message.type) {
        case 'attached': {
          const one = subscriptions.get(message.id);
          if (one === undefined) return;
          one.stream = message.stream;
          return;
        }
        case 'error': {
          const one = message.id === undefined ? undefined : subscriptions.get(message.id);
          if (one !== undefined) {
            one.fault = message.fault;
            one.stream = undefined;
          }
          return;
        }
        case 'welcome':
        case 'beat':
        case 'cluster':
          return;
        default:
          for (const one of subscriptions.values()) {
            if (one.stream === message.stream) follow(one, message);
          }
      }
    },
    held,
    lost() {
      collecting.clear();
      for (const one of subscriptions.values()) one.stream = undefined;
    },
  };
}

/** The rows a client shows, in order. */
export function shownRows(held: Held): (Row | undefined)[] {
  return held.keys.map((key) => held.rows.get(key));
}
