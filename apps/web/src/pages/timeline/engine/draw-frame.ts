import { clearOf, timeTicks, type TimeTick } from '../../../ui/time-axis/time-ticks.ts';
import { drawLane } from './draw-lane.ts';
import { drawNames, type LaneNames } from './draw-names.ts';
import { laneAt, topOfLane, xOf } from './geometry.ts';
import type { Scene } from './scene.ts';
import type { Sprites } from './sprites.ts';
import type { ThemeColors } from './theme-colors.ts';

/** What a picture is drawn on and with. */
export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly colors: ThemeColors;
  readonly sprites: Sprites;
  readonly names: LaneNames;
}

/** Draws the whole picture: only lanes and marks that are seen, so that it costs what is seen of it. */
export function drawFrame(pen: Pen, scene: Scene): void {
  const { context, colors } = pen;
  const { geometry, view, lanes } = scene;
  const { width, height, trackLeft, lanesTop } = geometry;
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, height);
  const first = Math.max(0, laneAt(geometry, view.scroll, lanesTop));
  const last = Math.min(lanes.order.length - 1, laneAt(geometry, view.scroll, height - 1));
  const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  context.save();
  clip(context, trackLeft, lanesTop, width - trackLeft, height - lanesTop);
  const axis = ticksOf(scene);
  drawGrid(pen, scene, axis.ticks);
  let above: Parameters<typeof drawLane>[4] = [];
  for (const place of places) {
    const lane = lanes.order[place];
    const top = topOfLane(geometry, view.scroll, place);
    if (lane !== undefined) above = drawLane(pen, scene, lane, top, above);
  }
  drawNow(pen, scene);
  context.restore();
  context.save();
  clip(context, 0, lanesTop, trackLeft, height - lanesTop);
  drawNames(pen, scene, places);
  context.restore();
  drawAxis(pen, scene, axis);
  drawThumb(pen, scene);
}

function clip(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function ticksOf({ geometry, view }: Scene) {
  const width = geometry.trackRight - geometry.trackLeft;
  return { width, ticks: timeTicks(view.span, width) };
}

/** Thin lines below the times of the axis. */
function drawGrid({ context, colors }: Pen, scene: Scene, ticks: readonly TimeTick[]): void {
  const { geometry, view } = scene;
  context.fillStyle = colors.line;
  context.globalAlpha = 0.55;
  for (const { time } of ticks) {
    const x = Math.round(xOf(geometry, view.span, time));
    context.fillRect(x, geometry.lanesTop, 1, geometry.height);
  }
  context.globalAlpha = 1;
}

/** The room that the word at the right edge takes, pixels. */
const nowRoom = 32;

function drawAxis({ context, colors }: Pen, scene: Scene, axis: ReturnType<typeof ticksOf>): void {
  const { geometry, view, live } = scene;
  const { width, trackLeft, trackRight, lanesTop } = geometry;
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, lanesTop);
  context.fillStyle = colors.line;
  context.fillRect(0, lanesTop - 1, width, 1);
  context.font = `400 12px ${colors.font}`;
  context.textBaseline = 'middle';
  const middle = lanesTop / 2;
  context.fillStyle = colors.ink3;
  const { ticks, width: wide } = axis;
  context.textAlign = 'center';
  for (const { time, label } of clearOf(ticks, view.span, wide, live ? nowRoom : 0)) {
    const x = xOf(geometry, view.span, time);
    if (x > trackLeft + 20) context.fillText(label, x, middle);
  }
  if (live) {
    context.textAlign = 'right';
    context.fillStyle = colors.accent;
    context.fillText('now', trackRight + 8, middle);
  }
  context.textAlign = 'left';
  context.fillStyle = colors.line;
  context.fillRect(trackLeft, 0, 1, geometry.height);
}

/** The right edge, where it is now; where the picture stands still it is not. */
function drawNow({ context, colors }: Pen, { geometry, live }: Scene): void {
  if (!live) return;
  context.fillStyle = colors.accent;
  context.fillRect(Math.round(geometry.trackRight), geometry.lanesTop, 1, geometry.height);
}

/** How far the lanes are scrolled. */
function drawThumb({ context, colors }: Pen, { geometry, lanes, view }: Scene): void {
  const { width, height, lanesTop, laneHeight } = geometry;
  const room = height - lanesTop;
  const all = lanes.order.length * laneHeight;
  if (all <= room || room <= 0) return;
  const length = Math.max(24, (room / all) * room);
  const top = lanesTop + (view.scroll / (all - room)) * (room - length);
  context.fillStyle = colors.line2;
  context.beginPath();
  context.roundRect(width - 7, top + 2, 5, length - 4, 2.5);
  context.fill();
}
