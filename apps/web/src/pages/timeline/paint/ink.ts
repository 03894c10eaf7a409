import type { HatchName } from './sprites.ts';

/** What pictures are drawn with. Each call says all that it needs: none changes what a later one does. */
export interface Ink {
  readonly rect: (color: string, box: Box, alpha?: number) => void;
  readonly hatch: (name: HatchName, box: Box) => void;
  readonly rounded: (color: string, box: Box, radius: number) => void;
  /** `x` is where the text begins, its middle or its end, as `align` says; `y` its middle. */
  readonly text: (text: string, look: TextLook, x: number, y: number) => void;
  /** `points`: of each line x and y of its begin, then of its end. */
  readonly lines: (look: LineLook, points: readonly number[]) => void;
  /** The picture of a class, by its place among `markClasses`; `x`, `y` its top left corner. */
  readonly glyph: (place: number, x: number, y: number) => void;
  readonly ring: (look: LineLook, x: number, y: number, radius: number) => void;
  /** What `draw` draws outside of the box is not seen. */
  readonly within: (box: Box, draw: () => void) => void;
}

/** Left, top, width and height, pixels of the page. */
export type Box = readonly [number, number, number, number];

export interface TextLook {
  readonly font: string;
  readonly color: string;
  readonly align?: TextAlign;
}

export const textAligns = ['left', 'center', 'right'] as const;
export type TextAlign = (typeof textAligns)[number];

export interface LineLook {
  readonly color: string;
  readonly width: number;
  readonly broken?: boolean;
}
