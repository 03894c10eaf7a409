import { topOfLane } from '../engine/geometry.ts';
import type { Lane } from '../engine/lanes.ts';
import type { Scene } from '../engine/scene.ts';
import type { Pen } from './draw-frame.ts';
import type { ThemeColors } from './theme-colors.ts';

/** As wide as the page's gutter; less where there is little room. */
const gutters = { wide: 20, narrow: 12 };
const gap = 8;

/** A word of a lane's name, as much of it as there is room for, and where it begins. */
interface Word {
  readonly text: string;
  readonly x: number;
}

/** By lane: its words stand where they stood until there is more or less room, or another font. */
export type LaneNames = WeakMap<Lane, { readonly trackLeft: number; readonly words: Words }>;

/** What kind a lane is of, what it is called, and where it is. */
type Words = Readonly<Record<Part, Word | undefined>>;
type Part = 'lead' | 'name' | 'note';

/** The names of lanes, as far as there is room; each part of all of them together, since fonts are costly to change. */
export function drawNames(pen: Pen, scene: Scene, places: readonly number[]): void {
  const { ink, colors } = pen;
  const { geometry, view, lanes } = scene;
  const { trackLeft, laneHeight } = geometry;
  const drawn = places.flatMap((place) => {
    const lane = lanes.order[place];
    if (lane === undefined) return [];
    const top = topOfLane(geometry, view.scroll, place);
    const ground = place === scene.hoverLane ? colors.hover : colors.surface;
    ink.rect(ground, [0, top, trackLeft, laneHeight]);
    ink.rect(colors.line, [0, Math.round(top + laneHeight) - 1, trackLeft, 1]);
    return [{ words: wordsOf(pen, lane, trackLeft), middle: top + laneHeight / 2 }];
  });
  for (const part of parts) {
    const look = { font: fontOf(part, colors), color: part === 'name' ? colors.ink : colors.ink3 };
    for (const { words, middle } of drawn) {
      const word = words[part];
      if (word !== undefined) ink.text(word.text, look, word.x, middle);
    }
  }
}

const parts: readonly Part[] = ['lead', 'name', 'note'];

function fontOf(part: Part, { font }: ThemeColors): string {
  return part === 'name' ? `500 13px ${font}` : `400 12px ${font}`;
}

function wordsOf({ measure, colors, names }: Pen, lane: Lane, trackLeft: number): Words {
  const before = names.get(lane);
  if (before?.trackLeft === trackLeft) return before.words;
  const narrow = trackLeft < 160;
  const gutter = narrow ? gutters.narrow : gutters.wide;
  const right = trackLeft - 8;
  let x = gutter;
  const place = (part: Part, room: number): Word => {
    const font = fontOf(part, colors);
    const word = { text: cut(lane[part], room, (text) => measure(text, font)), x };
    x += measure(word.text, font) + gap;
    return word;
  };
  const lead = lane.lead === '' || narrow ? undefined : place('lead', (right - gutter) * 0.5);
  const name = place('name', right - x);
  const note = narrow || right - x <= 30 ? undefined : place('note', right - x);
  const words = { lead, name, note };
  names.set(lane, { trackLeft, words });
  return words;
}

/** The text, or as much of its beginning as there is room for. */
function cut(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(`${text.slice(0, middle)}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}
