import type { ThemeColors } from './theme-colors.ts';

export interface Sprites {
  /** By the place of its class among `markClasses`. */
  readonly glyphs: readonly CanvasImageSource[];
  /** Pixels that a glyph's picture is wide and high. */
  readonly size: number;
  /** Pixels of the screen to one of the page. */
  readonly ratio: number;
  readonly hatches: Readonly<Record<'unwatched' | 'away' | 'dropped', CanvasPattern | string>>;
}

/** The view box of ui/class-glyph. */
const box = 14;
const glyphSize = 11;
/** What keeps glyphs that overlap apart, in the view box's unit. */
const halo = 1.5;
const margin = 2;

/**
 * Draws the glyphs once, from the very SVG elements that the rest of the page shows, in their colour
 * of now; and the patterns of what is not known.
 */
export function createSprites(
  glyphs: readonly SVGSVGElement[],
  colors: ThemeColors,
  ratio: number,
): Sprites {
  const size = glyphSize + 2 * margin;
  return {
    size,
    ratio,
    glyphs: glyphs.map((svg) => glyphSprite(svg, colors, ratio, size)),
    hatches: {
      unwatched: hatch('M-1 8 8-1M-1 1 1-1M6 8 8 6', colors.line2, 7, ratio),
      away: hatch('M-1-1 8 8M-1 6 1 8M6-1 8 1', colors.warn, 7, ratio),
      dropped: hatch('M1.5 1.5h1.5M5 5h1.5', colors.ink3, 7, ratio),
    },
  };
}

function glyphSprite(
  svg: SVGSVGElement,
  colors: ThemeColors,
  ratio: number,
  size: number,
): ImageBitmap {
  const pixels = Math.ceil(size * ratio);
  const canvas = new OffscreenCanvas(pixels, pixels);
  const context = canvas.getContext('2d');
  // A canvas of its own has a context whenever the one that is drawn on has.
  if (context === null) return canvas.transferToImageBitmap();
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
  // Drawn many times over: a bitmap is copied without being looked at each time.
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

function hatch(lines: string, color: string, step: number, ratio: number): CanvasPattern | string {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(step * ratio);
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  if (context === null) return color;
  const scale = canvas.width / step;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke(new Path2D(lines));
  const pattern = context.createPattern(canvas, 'repeat');
  pattern?.setTransform(new DOMMatrix([1 / scale, 0, 0, 1 / scale, 0, 0]));
  return pattern ?? color;
}
