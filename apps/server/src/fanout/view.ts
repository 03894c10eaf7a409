import type { Freshness } from '@kindscope/protocol';
import type { Mark } from './frame-ring.ts';

/** A frame without the three members that every frame has. */
export interface Body {
  readonly type: string;
  /** The other members as JSON text without braces: `"total":3,"rows":[]`. */
  readonly members: string;
  /** Of a frame with changes: how far a client that has it knows the log. */
  readonly mark?: Mark;
}

/** An object's members as a body's text. */
export function membersOf(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}

/** What a client asked for beyond what makes the stream. */
export interface SnapshotRequest {
  readonly backlog: number;
}

/** What a view tells its stream. */
export interface ViewSignals {
  /** Something changed: ask for a flush. */
  readonly dirty: () => void;
  /** Deltas can no longer say it: every client needs a new snapshot. */
  readonly restart: () => void;
}

/**
 * What a stream is about. It holds the state that was last published; the stream gives frames
 * their numbers and clients their places.
 */
export interface View {
  readonly freshness: Freshness;
  /** Members of `begin` beyond freshness. */
  beginning(): object;
  /** What changed since the last flush, and makes it the published state. */
  flush(): readonly Body[];
  /** The published state. Reads it now, may write it later. */
  snapshot(request: SnapshotRequest): Iterable<Body>;
  /** Snapshots are alike for all clients, so that they may be shared. */
  readonly uniform: boolean;
  /** Views whose past matters: how far the published state knows the log. */
  mark?(): Mark;
  /** What a client is sent that lost what came after the mark: starts with a gap. */
  catchUp?(mark: Mark): Iterable<Body>;
  close(): void;
}

export type CreateView = (signals: ViewSignals) => View;

/** Splits into pieces of at most `size`. */
export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
