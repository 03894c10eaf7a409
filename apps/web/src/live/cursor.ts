import type { Resume, StreamFrame } from '@kindscope/protocol';

type Begin = Extract<StreamFrame, { type: 'begin' }>;
/** A frame that is neither of a snapshot's brackets. */
export type ContentFrame = Exclude<StreamFrame, { type: 'begin' | 'end' }>;

/** Where a subscription stands in its stream, and the snapshot it is collecting, if it is. */
export interface Cursor {
  readonly position: Resume | undefined;
  readonly collecting:
    | { readonly begin: Begin; readonly frames: readonly ContentFrame[] }
    | undefined;
}

export type CursorEvent =
  | { readonly kind: 'snapshot'; readonly begin: Begin; readonly frames: readonly ContentFrame[] }
  | { readonly kind: 'delta'; readonly frame: ContentFrame }
  /** Frames are missing before this one: ask again from the position. */
  | { readonly kind: 'broken' };

export interface CursorStep {
  readonly cursor: Cursor;
  readonly event: CursorEvent | undefined;
}

export const newCursor: Cursor = { position: undefined, collecting: undefined };

/**
 * Takes the next frame of the stream. A snapshot is handed on whole at its `end`; a delta when it
 * is the very next one; what was had already is dropped; what follows a hole is `broken`, except
 * a `gap`, which says the hole itself.
 */
export function stepCursor(cursor: Cursor, frame: StreamFrame): CursorStep {
  if (frame.type === 'begin') {
    return { cursor: { ...cursor, collecting: { begin: frame, frames: [] } }, event: undefined };
  }
  if (cursor.collecting !== undefined) return collect(cursor, cursor.collecting, frame);
  if (frame.type === 'end' || cursor.position === undefined) return { cursor, event: undefined };
  return follow(cursor.position, frame);
}

function collect(
  cursor: Cursor,
  collecting: NonNullable<Cursor['collecting']>,
  frame: Exclude<StreamFrame, Begin>,
): CursorStep {
  const { begin, frames } = collecting;
  // Of another life of the stream: nothing to do with this snapshot.
  if (frame.epoch !== begin.epoch) return { cursor, event: undefined };
  if (frame.type !== 'end') {
    return {
      cursor: { ...cursor, collecting: { begin, frames: [...frames, frame] } },
      event: undefined,
    };
  }
  const seq = frames.reduce((most, { seq }) => Math.max(most, seq), frame.seq);
  return {
    cursor: { position: { epoch: begin.epoch, seq }, collecting: undefined },
    event: { kind: 'snapshot', begin, frames },
  };
}

function follow(position: Resume, frame: ContentFrame): CursorStep {
  const next = { position: { epoch: frame.epoch, seq: frame.seq }, collecting: undefined };
  if (frame.epoch !== position.epoch) {
    return { cursor: newCursor, event: { kind: 'broken' } };
  }
  if (frame.type === 'gap' && frame.seq >= position.seq) {
    return { cursor: next, event: { kind: 'delta', frame } };
  }
  if (frame.seq === position.seq + 1) return { cursor: next, event: { kind: 'delta', frame } };
  if (frame.seq > position.seq) {
    return { cursor: { position, collecting: undefined }, event: { kind: 'broken' } };
  }
  // What fills a gap comes from the log under the gap's own number; a feed drops by id what it has.
  if (frame.seq === position.seq && frame.type === 'changes') {
    return { cursor: { position, collecting: undefined }, event: { kind: 'delta', frame } };
  }
  return { cursor: { position, collecting: undefined }, event: undefined };
}
