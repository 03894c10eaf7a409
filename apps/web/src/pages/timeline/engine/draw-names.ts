import type { Pen } from './draw-frame.ts';
import { topOfLane } from './geometry.ts';
import type { Scene } from './scene.ts';

/** As wide as the page's gutter; less where there is little room. */
const gutters = { wide: 20, narrow: 12 };
const gap = 8;

/** The name of a lane: what kind it is of, what it is called, and where it is, as far as there is room. */
export function drawNames({ context, colors }: Pen, scene: Scene, place: number): void {
  const { geometry, view, lanes } = scene;
  const lane = lanes.order[place];
  if (lane === undefined) return;
  const { trackLeft, laneHeight } = geometry;
  const top = topOfLane(geometry, view.scroll, place);
  context.fillStyle = place === scene.hoverLane ? colors.hover : colors.surface;
  context.fillRect(0, top, trackLeft, laneHeight);
  context.fillStyle = colors.line;
  context.fillRect(0, Math.round(top + laneHeight) - 1, trackLeft, 1);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const middle = top + laneHeight / 2;
  const narrow = trackLeft < 160;
  const gutter = narrow ? gutters.narrow : gutters.wide;
  let x = gutter;
  const right = trackLeft - 8;
  const write = (text: string, font: string, color: string, room: number): void => {
    context.font = font;
    const shown = fitted(context, text, room);
    context.fillStyle = color;
    context.fillText(shown, x, middle);
    x += context.measureText(shown).width + gap;
  };
  if (lane.lead !== '' && !narrow) {
    write(lane.lead, `400 12px ${colors.font}`, colors.ink3, (right - gutter) * 0.5);
  }
  write(lane.name, `500 13px ${colors.font}`, colors.ink, right - x);
  if (!narrow && right - x > 30) {
    write(lane.note, `400 12px ${colors.font}`, colors.ink3, right - x);
  }
}

const fits = new Map<string, string>();
const mostFits = 4000;

/** The text, or as much of its beginning as there is room for. */
function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${context.font}|${Math.round(room)}|${text}`;
  const known = fits.get(key);
  if (known !== undefined) return known;
  if (fits.size > mostFits) fits.clear();
  const answer = cut(context, text, room);
  fits.set(key, answer);
  return answer;
}

function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}
