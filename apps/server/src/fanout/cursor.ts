import type { Buffer } from 'node:buffer';
import type { Frame, Mark } from './frame-ring.ts';
import type { SnapshotRequest } from './view.ts';

/** Where a cursor's frames go: one connection. */
export interface Outlet {
  /** Too much waits already: nothing is to be sent before it has drained. */
  readonly blocked: boolean;
  send(bytes: Buffer): void;
  /** The cursor has more to send: pump it when the outlet has drained. */
  wait(cursor: Cursor): void;
}

/** What a stream shows its cursors. */
export interface CursorSource {
  readonly epoch: string;
  /** Of the last frame in the ring. */
  readonly seq: number;
  frame(seq: number): Frame | undefined;
  /** Publishes what waits, so that a snapshot is not older than its number. */
  settle(): void;
  mark(): Mark;
  snapshot(reset: boolean, request: SnapshotRequest): Iterator<Buffer>;
  /** Undefined where only a snapshot helps. */
  catchUp(mark: Mark): Iterator<Buffer> | undefined;
}

export interface CursorOptions {
  readonly source: CursorSource;
  readonly outlet: Outlet;
  readonly request: SnapshotRequest;
  /** The last frame the client has; undefined when it needs a snapshot. */
  readonly start: { readonly seq: number } | undefined;
  /** The client has something that its first snapshot replaces. */
  readonly reset: boolean;
  readonly onDetach: () => void;
}

/** A client's place in a stream. It has no queue of its own: what it did not get yet is in the ring. */
export interface Cursor {
  /** Sends what the outlet takes. */
  pump(): void;
  /** Starts over with a snapshot, for another subscription of the same connection. */
  restart(request: SnapshotRequest): void;
  detach(): void;
}

/**
 * States, each with what it sends next:
 * `lost` (needs a snapshot) → `private` (a snapshot or a filled gap, of this client alone) →
 * `live` (the ring's frames) → `private` when the ring has gone past it or the epoch ended.
 */
type State =
  | { readonly kind: 'lost' }
  | { readonly kind: 'private'; readonly frames: Iterator<Buffer>; readonly next: Place }
  | { readonly kind: 'live'; readonly place: Place };

interface Place {
  readonly epoch: string;
  /** Of the frame to send next. */
  readonly seq: number;
  readonly mark: Mark;
}

export function createCursor(options: CursorOptions): Cursor {
  const { source, outlet } = options;
  let { request, reset } = options;
  let detached = false;
  let pumping = false;
  let state: State =
    options.start === undefined
      ? { kind: 'lost' }
      : { kind: 'live', place: from(options.start.seq) };

  function from(seq: number): Place {
    const mark = source.frame(seq + 1)?.before ?? source.mark();
    return { epoch: source.epoch, seq: seq + 1, mark };
  }

  function beginSnapshot(): State {
    source.settle();
    const frames = source.snapshot(reset, request);
    reset = true;
    return { kind: 'private', frames, next: from(source.seq) };
  }

  function recover({ epoch, mark }: Place): State {
    source.settle();
    if (epoch !== source.epoch) return { kind: 'lost' };
    const frames = source.catchUp(mark);
    if (frames === undefined) return { kind: 'lost' };
    return { kind: 'private', frames, next: from(source.seq) };
  }

  function sendPrivate(current: Extract<State, { kind: 'private' }>): State {
    const { done, value } = current.frames.next();
    if (done === true) return { kind: 'live', place: current.next };
    outlet.send(value);
    return current;
  }

  /** Undefined when there is nothing to send. */
  function sendLive(place: Place): State | undefined {
    if (place.epoch === source.epoch) {
      if (place.seq > source.seq) return undefined;
      const frame = source.frame(place.seq);
      if (frame !== undefined) {
        outlet.send(frame.bytes);
        return { kind: 'live', place: { ...place, seq: place.seq + 1, mark: frame.after } };
      }
    }
    return recover(place);
  }

  function step(): boolean {
    switch (state.kind) {
      case 'lost':
        state = beginSnapshot();
        return true;
      case 'private':
        state = sendPrivate(state);
        return true;
      case 'live': {
        const next = sendLive(state.place);
        if (next === undefined) return false;
        state = next;
        return true;
      }
    }
  }

  function pump(): void {
    // Settling a stream pumps all its cursors, this one too.
    if (pumping) return;
    pumping = true;
    while (mayGoOn() && step());
    pumping = false;
  }

  function mayGoOn(): boolean {
    if (detached || !outlet.blocked) return !detached;
    outlet.wait(cursor);
    return false;
  }

  const cursor: Cursor = {
    pump,
    restart(next) {
      request = next;
      state = { kind: 'lost' };
    },
    detach() {
      if (detached) return;
      detached = true;
      options.onDetach();
    },
  };
  return cursor;
}
