import { drawFrame, type Pen } from './draw-frame.ts';
import type { Scene } from './scene.ts';
import { createSprites } from './sprites.ts';
import { readThemeColors } from './theme-colors.ts';

/** Paints scenes onto a canvas, in the colours that the theme has and as sharp as the screen is. */
export interface Painter {
  readonly paint: (scene: Scene) => void;
  readonly close: () => void;
}

/**
 * `glyphs`: the SVG elements of the classes, in order. `onStale` is called when what was painted has
 * to be painted anew: another theme, the fonts are there.
 */
export function createPainter(
  canvas: HTMLCanvasElement,
  glyphs: readonly SVGSVGElement[],
  onStale: () => void,
): Painter {
  const context = canvas.getContext('2d', { alpha: false });
  let look: ({ readonly ratio: number } & Pick<Pen, 'colors' | 'sprites' | 'names'>) | undefined;
  const forget = (): void => {
    look = undefined;
    onStale();
  };
  const observer = new MutationObserver(forget);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  // Browsers without it have their fonts at once or not at all.
  void (document.fonts as FontFaceSet | undefined)?.ready.then(forget);

  return {
    paint: (scene) => {
      if (context === null) return;
      const ratio = window.devicePixelRatio || 1;
      if (look?.ratio !== ratio) {
        const colors = readThemeColors(document.documentElement);
        look = {
          ratio,
          colors,
          sprites: createSprites(glyphs, colors, ratio),
          names: new WeakMap(),
        };
      }
      const { width, height } = scene.geometry;
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== wide || canvas.height !== high) {
        canvas.width = wide;
        canvas.height = high;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawFrame({ context, ...look }, scene);
    },
    close: () => observer.disconnect(),
  };
}
