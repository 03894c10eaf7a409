import type { ThemeColors } from './theme-colors.ts';

/** Pictures that are drawn many times over. */
export interface Sprites extends SpriteSize {
  /** By the place of its class among `markClasses`. */
  readonly glyphs: readonly ImageBitmap[];
  /** Each repeats itself in both directions. */
  readonly hatches: Readonly<Record<HatchName, ImageBitmap>>;
}

export interface SpriteSize {
  /** Pixels of the page that a glyph's picture is wide and high. */
  readonly size: number;
  /** Pixels of the screen to one of the page. */
  readonly ratio: number;
}

/** What is not known, by why. */
export const hatchNames = ['unwatched', 'away', 'dropped', 'part'] as const;
export type HatchName = (typeof hatchNames)[number];

/** The view box of ui/class-glyph. */
const box = 14;
const glyphSize = 11;
/** What keeps glyphs that overlap apart, in the view box's unit. */
const halo = 1.5;
const margin = 2;
const spriteSize = glyphSize + 2 * margin;

/**
 * Draws the glyphs once, from the very SVG elements that the rest of the page shows, in their colour
 * of now; and the patterns of what is not known.
 */
export function createSprites(
  glyphs: readonly SVGSVGElement[],
  colors: ThemeColors,
  ratio: number,
): Sprites {
  return {
    size: spriteSize,
    ratio,
    glyphs: glyphs.map((svg) => glyphSprite(svg, colors, ratio)),
    hatches: {
      unwatched: hatch('M-1 8 8-1M-1 1 1-1M6 8 8 6', colors.line2, 7, ratio),
      away: hatch('M-1-1 8 8M-1 6 1 8M6-1 8 1', colors.warn, 7, ratio),
      part: hatch('M-1 8 8-1M-1 1 1-1M6 8 8 6', colors.line, 7, ratio),
      dropped: hatch('M1.5 1.5h1.5M5 5h1.5', colors.ink3, 7, ratio),
    },
  };
}

function glyphSprite(svg: SVGSVGElement, colors: ThemeColors, ratio: number): ImageBitmap {
  const { canvas, context } = square(Math.ceil(spriteSize * ratio));
  const scale = (glyphSize / box) * ratio;
  context.setTransform(scale, 0, 0, scale, margin * ratio, margin * ratio);
  const color = getComputedStyle(svg).color;
  const shapes = [...svg.querySelectorAll('path, circle, rect')].map((element) => ({
    path: pathOf(element),
    filled: element.getAttribute('fill') === 'currentColor',
    stroke: Number(element.getAttribute('stroke-width') ?? 0),
  }));
  context.lineJoin = 'round';
  context.strokeStyle = colors.surface;
  for (const { path, stroke } of shapes) {
    context.lineWidth = stroke + 2 * halo;
    context.stroke(path);
  }
  context.lineJoin = 'miter';
  context.strokeStyle = color;
  context.fillStyle = color;
  for (const { path, filled, stroke } of shapes) {
    context.lineWidth = stroke;
    if (filled) context.fill(path);
    if (stroke > 0) context.stroke(path);
  }
  return canvas.transferToImageBitmap();
}

function pathOf(element: Element): Path2D {
  const number = (name: string): number => Number(element.getAttribute(name) ?? 0);
  if (element.tagName === 'path') return new Path2D(element.getAttribute('d') ?? '');
  const path = new Path2D();
  if (element.tagName === 'circle') {
    path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
  } else {
    path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
  }
  return path;
}

function hatch(lines: string, color: string, step: number, ratio: number): ImageBitmap {
  const { canvas, context } = square(Math.round(step * ratio));
  const scale = canvas.width / step;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke(new Path2D(lines));
  return canvas.transferToImageBitmap();
}

function square(pixels: number) {
  const canvas = new OffscreenCanvas(pixels, pixels);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('A canvas that is new has a context of any kind.');
  return { canvas, context };
}
