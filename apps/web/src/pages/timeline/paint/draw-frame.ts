import { clearOf, timeTicks, type TimeTick } from '../../../ui/time-axis/time-ticks.ts';
import { laneAt, topOfLane, xOf } from '../engine/geometry.ts';
import type { Scene } from '../engine/scene.ts';
import { drawLane } from './draw-lane.ts';
import { drawNames, type LaneNames } from './draw-names.ts';
import type { Ink } from './ink.ts';
import type { SpriteSize } from './sprites.ts';
import type { ThemeColors } from './theme-colors.ts';

/** What a picture is drawn with. */
export interface Pen {
  readonly ink: Ink;
  readonly colors: ThemeColors;
  readonly sprites: SpriteSize;
  readonly names: LaneNames;
  /** How wide a text is in a font, pixels. */
  readonly measure: (text: string, font: string) => number;
}

/** Draws the whole picture: only lanes and marks that are seen, so that it costs what is seen of it. */
export function drawFrame(pen: Pen, scene: Scene): void {
  const { ink, colors } = pen;
  const { geometry, view, lanes } = scene;
  const { width, height, trackLeft, lanesTop } = geometry;
  ink.rect(colors.surface, [0, 0, width, height]);
  const first = Math.max(0, laneAt(geometry, view.scroll, lanesTop));
  const last = Math.min(lanes.order.length - 1, laneAt(geometry, view.scroll, height - 1));
  const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const axis = ticksOf(scene);
  ink.within([trackLeft, lanesTop, width - trackLeft, height - lanesTop], () => {
    drawGrid(pen, scene, axis.ticks);
    let above: Parameters<typeof drawLane>[4] = [];
    for (const place of places) {
      const lane = lanes.order[place];
      const top = topOfLane(geometry, view.scroll, place);
      if (lane !== undefined) above = drawLane(pen, scene, lane, top, above);
    }
    drawNow(pen, scene);
  });
  ink.within([0, lanesTop, trackLeft, height - lanesTop], () => drawNames(pen, scene, places));
  drawAxis(pen, scene, axis);
  drawThumb(pen, scene);
}

function ticksOf({ geometry, view }: Scene) {
  const width = geometry.trackRight - geometry.trackLeft;
  return { width, ticks: timeTicks(view.span, width) };
}

/** Thin lines below the times of the axis. */
function drawGrid({ ink, colors }: Pen, scene: Scene, ticks: readonly TimeTick[]): void {
  const { geometry, view } = scene;
  for (const { time } of ticks) {
    const x = Math.round(xOf(geometry, view.span, time));
    ink.rect(colors.line, [x, geometry.lanesTop, 1, geometry.height], 0.55);
  }
}

/** The room that the word at the right edge takes, pixels. */
const nowRoom = 32;

function drawAxis({ ink, colors }: Pen, scene: Scene, axis: ReturnType<typeof ticksOf>): void {
  const { geometry, view, live } = scene;
  const { width, trackLeft, trackRight, lanesTop } = geometry;
  ink.rect(colors.surface, [0, 0, width, lanesTop]);
  ink.rect(colors.line, [0, lanesTop - 1, width, 1]);
  const font = `400 12px ${colors.font}`;
  const middle = lanesTop / 2;
  const { ticks, width: wide } = axis;
  for (const { time, label } of clearOf(ticks, view.span, wide, live ? nowRoom : 0)) {
    const x = xOf(geometry, view.span, time);
    const look = { font, color: colors.ink3, align: 'center' } as const;
    if (x > trackLeft + 20) ink.text(label, look, x, middle);
  }
  if (live) {
    ink.text('now', { font, color: colors.accent, align: 'right' }, trackRight + 8, middle);
  }
  ink.rect(colors.line, [trackLeft, 0, 1, geometry.height]);
}

/** The right edge, where it is now; where the picture stands still it is not. */
function drawNow({ ink, colors }: Pen, { geometry, live }: Scene): void {
  if (!live) return;
  const { trackRight, lanesTop, height } = geometry;
  ink.rect(colors.accent, [Math.round(trackRight), lanesTop, 1, height]);
}

/** How far the lanes are scrolled. */
function drawThumb({ ink, colors }: Pen, { geometry, lanes, view }: Scene): void {
  const { width, height, lanesTop, laneHeight } = geometry;
  const room = height - lanesTop;
  const all = lanes.order.length * laneHeight;
  if (all <= room || room <= 0) return;
  const length = Math.max(24, (room / all) * room);
  const top = lanesTop + (view.scroll / (all - room)) * (room - length);
  ink.rounded(colors.line2, [width - 7, top + 2, 5, length - 4], 2.5);
}
