import { textAligns, type Ink } from './ink.ts';
import { hatchNames } from './sprites.ts';

/** A whole picture in a form that costs little to hand to a worker: see {@link createRecorder}. */
export interface Picture {
  /** What to draw in order, each a code of {@link codes} and what belongs to it. */
  readonly steps: Float64Array<ArrayBuffer>;
  /** Texts, fonts and colours, which the steps name by their places. */
  readonly words: readonly string[];
  /** Pixels of the page. */
  readonly width: number;
  readonly height: number;
}

/** The numbers that begin a step. Words, aligns and hatches follow as places, boxes as four numbers. */
export const codes = {
  /** colour, alpha, box */
  rect: 0,
  /** hatch, box */
  hatch: 1,
  /** colour, radius, box */
  rounded: 2,
  /** text, font, colour, align, x, y */
  text: 3,
  /** colour, width, broken (0 or 1), how many numbers follow: the points */
  lines: 4,
  /** place, x, y */
  glyph: 5,
  /** colour, width, x, y, radius */
  ring: 6,
  /** box */
  clip: 7,
  unclip: 8,
} as const;

/** An ink that notes what is drawn, and what it came to. */
export function createRecorder(): Ink & {
  readonly picture: (width: number, height: number) => Picture;
} {
  const steps: number[] = [];
  const words: string[] = [];
  const places = new Map<string, number>();
  const word = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, words.length);
    return words.push(text) - 1;
  };
  return {
    rect: (color, box, alpha = 1) => {
      steps.push(codes.rect, word(color), alpha, ...box);
    },
    hatch: (name, box) => {
      steps.push(codes.hatch, hatchNames.indexOf(name), ...box);
    },
    rounded: (color, box, radius) => {
      steps.push(codes.rounded, word(color), radius, ...box);
    },
    text: (text, { font, color, align = 'left' }, x, y) => {
      const place = textAligns.indexOf(align);
      steps.push(codes.text, word(text), word(font), word(color), place, x, y);
    },
    lines: ({ color, width, broken = false }, points) => {
      steps.push(codes.lines, word(color), width, Number(broken), points.length);
      for (const number of points) steps.push(number);
    },
    glyph: (place, x, y) => {
      steps.push(codes.glyph, place, x, y);
    },
    ring: ({ color, width }, x, y, radius) => {
      steps.push(codes.ring, word(color), width, x, y, radius);
    },
    within: (box, draw) => {
      steps.push(codes.clip, ...box);
      draw();
      steps.push(codes.unclip);
    },
    picture: (width, height) => ({ steps: new Float64Array(steps), words, width, height }),
  };
}
