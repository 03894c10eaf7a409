import { blindWords, type Blind } from '../../../ui/blind-spans.ts';
import type { Pen } from './draw-frame.ts';
import { msPerPixel, timeAt, xOf } from './geometry.ts';
import { cellLength, firstCell } from './lane-cells.ts';
import type { Lane } from './lanes.ts';
import { heartbeatBit, firstClass } from './mark-classes.ts';
import type { Scene } from './scene.ts';

/** Words in less room than this would not be read, pixels. */
const wordRoom = 96;
/** Marks so far outside of the track are seen in part, pixels. */
const reach = 8;
const heartbeat = firstClass(heartbeatBit);

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
  const { context, colors } = pen;
  const { geometry } = scene;
  const { trackLeft, laneHeight, width } = geometry;
  if (scene.lanes.order[scene.hoverLane] === lane) {
    context.fillStyle = colors.hover;
    context.fillRect(trackLeft, top, width, laneHeight);
  }
  context.fillStyle = colors.line;
  context.fillRect(trackLeft, Math.round(top + laneHeight) - 1, width, 1);
  const blind = scene.blind(lane);
  for (const one of blind)
    drawBlind(
      pen,
      scene,
      one,
      top,
      above.some((other) => isSame(one, other)),
    );
  if (scene.lanes.grouping === 'object') drawConditions(pen, scene, lane, top);
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

const hatchOf: Record<Blind['reason'], 'unwatched' | 'away' | 'dropped'> = {
  before: 'unwatched',
  unwatched: 'unwatched',
  away: 'away',
  dropped: 'dropped',
};

function drawBlind(pen: Pen, scene: Scene, blind: Blind, top: number, said: boolean): void {
  const { context, colors, sprites } = pen;
  const { geometry, view } = scene;
  const from = Math.max(geometry.trackLeft, xOf(geometry, view.span, blind.from));
  const to = Math.min(geometry.trackRight, xOf(geometry, view.span, blind.to));
  if (to <= from) return;
  const wide = Math.max(2, to - from);
  context.fillStyle = sprites.hatches[hatchOf[blind.reason]];
  context.fillRect(from, top, wide, geometry.laneHeight - 1);
  if (said || wide < wordRoom) return;
  const word = blindWords[blind.reason];
  context.font = `400 11px ${colors.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const room = context.measureText(word).width;
  context.fillStyle = colors.surface;
  context.fillRect(from + 4, top + 5, room + 8, geometry.laneHeight - 11);
  context.fillStyle = colors.ink3;
  context.fillText(word, from + 8, top + geometry.laneHeight / 2);
}

/** Bad ones are thicker and unknown ones broken, so that colour is not all that tells them apart. */
const bars = [
  { tone: 'good', height: 1, dash: [] },
  { tone: 'waiting', height: 2, dash: [4, 3] },
  { tone: 'bad', height: 3, dash: [] },
] as const;

/** Conditions as bars at the lane's foot; where they are of several minds, the worst is seen. */
function drawConditions({ context, colors }: Pen, scene: Scene, lane: Lane, top: number): void {
  const { geometry, view } = scene;
  const spans = scene.conditions(lane);
  if (spans.length === 0) return;
  // On the hairline between the lanes.
  const foot = Math.round(top + geometry.laneHeight);
  const tones = { good: colors.good, waiting: colors.warn, bad: colors.bad };
  for (const { tone, height, dash } of bars) {
    context.strokeStyle = tones[tone];
    context.lineWidth = height;
    context.setLineDash([...dash]);
    context.beginPath();
    for (const span of spans) {
      if (span.tone !== tone || span.to < view.span.from || span.from > view.span.to) continue;
      const from = Math.max(geometry.trackLeft, xOf(geometry, view.span, span.from));
      const to = Math.min(geometry.trackRight, xOf(geometry, view.span, span.to));
      context.moveTo(from, foot - height / 2);
      context.lineTo(Math.max(to, from + 1), foot - height / 2);
    }
    context.stroke();
  }
  context.setLineDash([]);
}

/** A change that a relist found happened somewhere in a time: drawn as that, up to its mark. */
function drawIntervals({ context, colors }: Pen, scene: Scene, lane: Lane, top: number): void {
  const { relisted } = lane;
  if (relisted.length === 0) return;
  const { geometry, view, store } = scene;
  const middle = Math.round(top + geometry.laneHeight / 2) - 0.5;
  context.strokeStyle = colors.ink3;
  context.lineWidth = 1;
  context.beginPath();
  let lastFrom = Number.NaN;
  let lastTo = Number.NaN;
  for (let place = relisted.placeOf(view.span.from); place < relisted.length; place += 1) {
    const row = relisted.at(place);
    const time = store.time[row] ?? 0;
    const from = Math.round(xOf(geometry, view.span, time - (store.within[row] ?? 0)));
    const to = Math.round(xOf(geometry, view.span, time));
    if (from > geometry.trackRight || (from === lastFrom && to === lastTo)) continue;
    lastFrom = from;
    lastTo = to;
    const left = Math.max(geometry.trackLeft, from);
    context.moveTo(left, middle);
    context.lineTo(to, middle);
    context.moveTo(left + 0.5, middle - 4);
    context.lineTo(left + 0.5, middle + 4);
  }
  context.stroke();
}

function drawMarks({ context, colors, sprites }: Pen, scene: Scene, lane: Lane, top: number): void {
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
    const shown = cells.shown[index] ?? heartbeat;
    const glyph = sprites.glyphs[shown];
    const x = xOf(geometry, view.span, time);
    if (glyph !== undefined) {
      const left = Math.round((x - half) * sprites.ratio) / sprites.ratio;
      context.drawImage(glyph, left, y, sprites.size, sprites.size);
    }
  }
  drawRing(scene, lane, (row, color) => {
    const x = xOf(geometry, view.span, store.time[row] ?? 0);
    context.strokeStyle = color === 'accent' ? colors.accent : colors.ink2;
    context.lineWidth = color === 'accent' ? 2 : 1.5;
    context.beginPath();
    context.arc(x, middle, 9, 0, 2 * Math.PI);
    context.stroke();
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
