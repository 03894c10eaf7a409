import { Buffer } from 'node:buffer';
import type { Clock, Log } from '@kindscope/informer';
import type { Resume } from '@kindscope/protocol';
import { createCursor, type Cursor, type CursorSource, type Outlet } from './cursor.ts';
import { createFlushSchedule } from './flush-schedule.ts';
import { createFrameRing, type Frame, type Mark, type RingLimits } from './frame-ring.ts';
import { freshnessBody } from './freshness-watch.ts';
import { limits } from './limits.ts';
import { membersOf, type Body, type CreateView, type SnapshotRequest } from './view.ts';

export interface StreamDeps {
  readonly id: number;
  /** Differs from one server process to the next. */
  readonly instance: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly view: CreateView;
  readonly ring: RingLimits;
  /** Called when the last client has left. */
  readonly onEmpty: () => void;
}

interface Attachment {
  readonly cursor: Cursor;
  /** The client goes on where it was. */
  readonly resumed: boolean;
}

/**
 * One view as its clients share it: numbered frames, serialised once, of which the last ones are
 * kept in a ring. A client is a place in it.
 */
export interface Stream {
  readonly id: number;
  readonly clients: number;
  /** The cursor sends nothing before it is pumped. */
  attach(outlet: Outlet, request: SnapshotRequest, resume?: Resume): Attachment;
  close(): void;
}

export function createStream(deps: StreamDeps): Stream {
  const { id, clock } = deps;
  const ring = createFrameRing(deps.ring);
  const cursors = new Set<Cursor>();
  const schedule = createFlushSchedule(deps, limits.flushMs, flush);
  const view = deps.view({ dirty: () => schedule.request(), restart });
  /** Snapshots of the published state, by whether they reset. */
  const snapshots = new Map<boolean, readonly Buffer[]>();
  let generation = 1;
  let epoch = nameEpoch();
  let seq = 0;
  let restarting = false;

  function nameEpoch(): string {
    return `${deps.instance}.${id}.${generation}`;
  }

  function mark(): Mark {
    return view.mark?.() ?? { id: 0, time: clock.now() };
  }

  function encode({ type, members }: Body, at: number): Buffer {
    const rest = members === '' ? '' : `,${members}`;
    return Buffer.from(`{"type":"${type}","stream":${id},"epoch":"${epoch}","seq":${at}${rest}}`);
  }

  function restart(): void {
    restarting = true;
    schedule.request();
  }

  function startEpoch(): void {
    restarting = false;
    generation += 1;
    epoch = nameEpoch();
    seq = 0;
    ring.clear();
  }

  function publish(bodies: readonly Body[], start: Mark): void {
    let before = start;
    for (const body of bodies) {
      seq += 1;
      const after = body.mark ?? before;
      ring.push({ seq, bytes: encode(body, seq), before, after });
      before = after;
    }
  }

  function flush(): void {
    const before = mark();
    const bodies = view.flush();
    if (restarting) startEpoch();
    else if (bodies.length === 0) return;
    else publish(bodies, before);
    snapshots.clear();
    for (const cursor of cursors) cursor.pump();
  }

  function* encodeAll(bodies: Iterable<Body>, at: number): Generator<Buffer> {
    for (const body of bodies) yield encode(body, at);
  }

  /** Reads the state before it returns; what is sent later is still of this moment. */
  function encodeSnapshot(reset: boolean, request: SnapshotRequest): Iterable<Buffer> {
    const begin = { reset, ...view.beginning(), freshness: view.freshness };
    const state = view.snapshot(request);
    function* bodies(): Generator<Body> {
      yield { type: 'begin', members: membersOf(begin) };
      yield* state;
      yield { type: 'end', members: '' };
    }
    return encodeAll(bodies(), seq);
  }

  function snapshot(reset: boolean, request: SnapshotRequest): Iterator<Buffer> {
    if (!view.uniform) return encodeSnapshot(reset, request)[Symbol.iterator]();
    let frames = snapshots.get(reset);
    if (frames === undefined) {
      frames = [...encodeSnapshot(reset, request)];
      snapshots.set(reset, frames);
    }
    return frames.values();
  }

  /**
   * What the log has is numbered one before the last frame, and the freshness of now takes the last
   * one's number: the client misses no number and goes on with the next.
   */
  function catchUp(since: Mark): Iterator<Buffer> | undefined {
    const bodies = view.catchUp?.(since);
    if (bodies === undefined) return undefined;
    const fill = encodeAll(bodies, seq - 1);
    return Iterator.from(fill)
      .toArray()
      .concat(encode(freshnessBody(view.freshness), seq))
      .values();
  }

  const source: CursorSource = {
    get epoch() {
      return epoch;
    },
    get seq() {
      return seq;
    },
    frame: (wanted: number): Frame | undefined => ring.get(wanted),
    settle: () => schedule.now(),
    mark,
    snapshot,
    catchUp,
  };

  function canResume(resume: Resume): boolean {
    if (resume.epoch !== epoch || resume.seq > seq) return false;
    return resume.seq === seq || ring.get(resume.seq + 1) !== undefined;
  }

  return {
    id,
    get clients() {
      return cursors.size;
    },
    attach(outlet, request, resume) {
      const resumed = resume !== undefined && canResume(resume);
      const cursor: Cursor = createCursor({
        source,
        outlet,
        request,
        start: resumed ? { seq: resume.seq } : undefined,
        reset: resume !== undefined,
        onDetach() {
          if (cursors.delete(cursor) && cursors.size === 0) deps.onEmpty();
        },
      });
      cursors.add(cursor);
      return { cursor, resumed };
    },
    close() {
      schedule.cancel();
      view.close();
    },
  };
}
