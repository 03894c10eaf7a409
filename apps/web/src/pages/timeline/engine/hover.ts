import { hitTest } from './hit-test.ts';
import { classesOf } from './mark-classes.ts';
import { changeOfMark } from './mark-store.ts';
import type { Scene } from './scene.ts';
import type { Hover } from './timeline-types.ts';

export interface Pointed {
  /** The row of the mark; -1 for none. */
  readonly row: number;
  /** The place of the lane; -1 for none. */
  readonly lane: number;
  readonly hover: Hover | undefined;
}

export const nothingPointed: Pointed = { row: -1, lane: -1, hover: undefined };

/** What a pointer means. What it meant before stays as it is, for as long as it means the same. */
export function pointedAt(
  scene: Scene,
  pointer: { readonly x: number; readonly y: number } | undefined,
  before: Hover | undefined,
): Pointed {
  if (pointer === undefined) return nothingPointed;
  const hit = hitTest(scene, pointer.x, pointer.y);
  const found = hoverOf(scene, hit, pointer);
  const hover = found !== undefined && isSame(found, before) ? before : found;
  return { row: hit.row, lane: hit.place, hover };
}

function hoverOf(
  scene: Scene,
  hit: ReturnType<typeof hitTest>,
  { x, y }: { readonly x: number; readonly y: number },
): Hover | undefined {
  if (hit.row >= 0) {
    const change = changeOfMark(scene.store, hit.row, classesOf);
    return change && { kind: 'mark', x, y, change, count: hit.count };
  }
  if (hit.blind !== undefined) return { kind: 'blind', x, y, blind: hit.blind };
  return hit.onName && hit.lane !== undefined ? { kind: 'name', x, y, lane: hit.lane } : undefined;
}

function isSame(one: Hover, other: Hover | undefined): boolean {
  if (one.kind === 'mark') {
    return other?.kind === 'mark' && other.change.id === one.change.id && other.count === one.count;
  }
  if (one.kind === 'name') return other?.kind === 'name' && other.lane === one.lane;
  return (
    other?.kind === 'blind' &&
    other.blind.reason === one.blind.reason &&
    other.blind.from === one.blind.from
  );
}
