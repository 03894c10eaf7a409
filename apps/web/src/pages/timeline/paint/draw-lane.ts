import { blindWords, type Blind } from '../../../ui/blind-spans.ts';
import { knownParts } from '../engine/condition-spans.ts';
import { msPerPixel, timeAt, xOf } from '../engine/geometry.ts';
import { cellLength, firstCell } from '../engine/lane-cells.ts';
import type { Lane } from '../engine/lanes.ts';
import { classBit, firstClass, heartbeatBit } from '../engine/mark-classes.ts';
import type { Scene } from '../engine/scene.ts';
import type { Pen } from './draw-frame.ts';
import type { HatchName } from './sprites.ts';

/** Words in less room than this would not be read, pixels. */
const wordRoom = 96;
/** Marks so far outside of the track are seen in part, pixels. */
const reach = 8;
const heartbeat = firstClass(heartbeatBit);
const conditionBit = classBit('condition');

/**
 * Draws one lane: what is not known of it, its conditions, the times in which a change may have
 * happened, its marks. `above` is what the lane above gave back: what it said is not said again.
 */
export function drawLane(
  pen: Pen,
  scene: Scene,
  lane: Lane,
  top: number,
  above: readonly Blind[],
): readonly Blind[] {
  const { ink, colors } = pen;
  const { geometry } = scene;
  const { trackLeft, laneHeight, width } = geometry;
  if (scene.lanes.order[scene.hoverLane] === lane) {
    ink.rect(colors.hover, [trackLeft, top, width, laneHeight]);
  }
  ink.rect(colors.line, [trackLeft, Math.round(top + laneHeight) - 1, width, 1]);
  const blind = scene.blind(lane);
  for (const one of blind)
    drawBlind(
      pen,
      scene,
      one,
      top,
      above.some((other) => isSame(one, other)),
    );
  const hasConditions = scene.lanes.grouping === 'object' && (scene.shown & conditionBit) !== 0;
  if (hasConditions) drawConditions(pen, scene, lane, top, blind);
  drawIntervals(pen, scene, lane, top);
  drawMarks(pen, scene, lane, top);
  return blind;
}

function isSame(one: Blind, other: Blind): boolean {
  // Informers that begin together do so within moments.
  const near = Math.max(2000, (one.to - one.from) / 20);
  return (
    one.reason === other.reason &&
    Math.abs(one.from - other.from) < near &&
    Math.abs(one.to - other.to) < near
  );
}

const hatchOf: Record<Blind['reason'], HatchName> = {
  before: 'unwatched',
  unwatched: 'unwatched',
  away: 'away',
  dropped: 'dropped',
  beyond: 'dropped',
  part: 'part',
};

function drawBlind(pen: Pen, scene: Scene, blind: Blind, top: number, said: boolean): void {
  const { ink, colors } = pen;
  const { geometry, view } = scene;
  const from = Math.max(geometry.trackLeft, xOf(geometry, view.span, blind.from));
  const to = Math.min(geometry.trackRight, xOf(geometry, view.span, blind.to));
  if (to <= from) return;
  const wide = Math.max(2, to - from);
  ink.hatch(hatchOf[blind.reason], [from, top, wide, geometry.laneHeight - 1]);
  if (said || wide < wordRoom) return;
  const word = blindWords[blind.reason];
  const font = `400 11px ${colors.font}`;
  const room = pen.measure(word, font);
  ink.rect(colors.surface, [from + 4, top + 5, room + 8, geometry.laneHeight - 11]);
  ink.text(word, { font, color: colors.ink3 }, from + 8, top + geometry.laneHeight / 2);
}

/** Bad ones are thicker and unknown ones broken, so that colour is not all that tells them apart. */
const bars = [
  { tone: 'good', width: 1, broken: false },
  { tone: 'waiting', width: 2, broken: true },
  { tone: 'bad', width: 3, broken: false },
] as const;

/** Conditions as bars at the lane's foot; where they are of several minds, the worst is seen. */
function drawConditions(
  { ink, colors }: Pen,
  scene: Scene,
  lane: Lane,
  top: number,
  blind: readonly Blind[],
): void {
  const { geometry, view } = scene;
  const spans = scene.conditions(lane);
  if (spans.length === 0) return;
  // On the hairline between the lanes.
  const foot = Math.round(top + geometry.laneHeight);
  const tones = { good: colors.good, waiting: colors.warn, bad: colors.bad };
  for (const { tone, width, broken } of bars) {
    const y = foot - width / 2;
    const points: number[] = [];
    for (const span of spans) {
      if (span.tone !== tone || span.to < view.span.from || span.from > view.span.to) continue;
      for (const part of knownParts(span, blind)) {
        const from = Math.max(geometry.trackLeft, xOf(geometry, view.span, part.from));
        const to = Math.min(geometry.trackRight, xOf(geometry, view.span, part.to));
        if (to >= geometry.trackLeft) points.push(from, y, Math.max(to, from + 1), y);
      }
    }
    if (points.length > 0) ink.lines({ color: tones[tone], width, broken }, points);
  }
}

/** A change that a relist found happened somewhere in a time: drawn as that, up to its mark. */
function drawIntervals({ ink, colors }: Pen, scene: Scene, lane: Lane, top: number): void {
  const { relisted } = lane;
  if (relisted.length === 0) return;
  const { geometry, view, store } = scene;
  const middle = Math.round(top + geometry.laneHeight / 2) - 0.5;
  const points: number[] = [];
  let lastFrom = Number.NaN;
  let lastTo = Number.NaN;
  for (let place = relisted.placeOf(view.span.from); place < relisted.length; place += 1) {
    const row = relisted.at(place);
    if (((store.of[row] ?? 0) & scene.shown) === 0) continue;
    const time = store.time[row] ?? 0;
    const from = Math.round(xOf(geometry, view.span, time - (store.within[row] ?? 0)));
    const to = Math.round(xOf(geometry, view.span, time));
    if (from > geometry.trackRight || (from === lastFrom && to === lastTo)) continue;
    lastFrom = from;
    lastTo = to;
    const left = Math.max(geometry.trackLeft, from);
    points.push(left, middle, to, middle);
    points.push(left + 0.5, middle - 4, left + 0.5, middle + 4);
  }
  if (points.length > 0) ink.lines({ color: colors.ink3, width: 1 }, points);
}

function drawMarks({ ink, colors, sprites }: Pen, scene: Scene, lane: Lane, top: number): void {
  const { geometry, view, store } = scene;
  const cells = scene.cells(lane, cellLength(msPerPixel(geometry, view.span)));
  const edge = view.pausedAt ?? Number.POSITIVE_INFINITY;
  const until = Math.min(edge, timeAt(geometry, view.span, geometry.width + reach));
  const from = timeAt(geometry, view.span, geometry.trackLeft - reach);
  const middle = top + geometry.laneHeight / 2;
  const half = sprites.size / 2;
  // On whole pixels of the screen a picture is copied, elsewhere it would have to be worked out.
  const y = Math.round((middle - half) * sprites.ratio) / sprites.ratio;
  for (let index = firstCell(cells, store, from); index < cells.length; index += 1) {
    const row = cells.row[index] ?? -1;
    const time = store.time[row] ?? 0;
    if (time > until) break;
    const x = xOf(geometry, view.span, time);
    const left = Math.round((x - half) * sprites.ratio) / sprites.ratio;
    ink.glyph(cells.shown[index] ?? heartbeat, left, y);
  }
  drawRing(scene, lane, (row, color) => {
    const x = xOf(geometry, view.span, store.time[row] ?? 0);
    const isAccent = color === 'accent';
    const look = { color: isAccent ? colors.accent : colors.ink2, width: isAccent ? 2 : 1.5 };
    ink.ring(look, x, middle, 9);
  });
}

/** What is open or has the focus is ringed in the accent, what is under the pointer in grey. */
function drawRing(
  { hover, open, focus, lanes }: Scene,
  lane: Lane,
  ring: (row: number, color: 'accent' | 'ink') => void,
): void {
  if (hover >= 0 && lanes.laneOfRow(hover) === lane) ring(hover, 'ink');
  if (open >= 0 && lanes.laneOfRow(open) === lane) ring(open, 'accent');
  if (focus >= 0 && focus !== open && lanes.laneOfRow(focus) === lane) ring(focus, 'accent');
}
