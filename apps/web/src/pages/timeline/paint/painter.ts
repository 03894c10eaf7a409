import type { Painter } from '../engine/timeline-types.ts';
import { drawFrame, type Pen } from './draw-frame.ts';
import { createEasel, type Easel } from './easel.ts';
import { createRecorder } from './picture.ts';
import { createSprites } from './sprites.ts';
import { readThemeColors } from './theme-colors.ts';

/**
 * Paints scenes onto a canvas that it puts into `host`, in the colours that the theme has and as
 * sharp as the screen is. `glyphs`: the SVG elements of the classes, in order. `onStale` is called
 * when what was painted has to be painted anew: another theme, the fonts are there.
 */
export function createPainter(
  host: HTMLElement,
  glyphs: readonly SVGSVGElement[],
  onStale: () => void,
): Painter {
  const measure = createMeasure();
  let look: ({ readonly ratio: number } & Omit<Pen, 'ink' | 'measure'>) | undefined;
  const forget = (): void => {
    look = undefined;
    onStale();
  };
  let easel: Easel | undefined;
  const observer = new MutationObserver(forget);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  // Browsers without it have their fonts at once or not at all.
  void (document.fonts as FontFaceSet | undefined)?.ready.then(forget);

  return {
    paint: (scene) => {
      // A page without a screen.
      if (measure === undefined) return;
      easel ??= createEasel(host, forget);
      const ratio = window.devicePixelRatio || 1;
      if (look?.ratio !== ratio) {
        const colors = readThemeColors(document.documentElement);
        const sprites = createSprites(glyphs, colors, ratio);
        look = { ratio, colors, sprites, names: new WeakMap() };
        easel.setSprites(sprites);
      }
      const ink = createRecorder();
      drawFrame({ ink, measure, ...look }, scene);
      easel.show(ink.picture(scene.geometry.width, scene.geometry.height));
    },
    close: () => {
      observer.disconnect();
      easel?.close();
    },
  };
}

function createMeasure(): Pen['measure'] | undefined {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return undefined;
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}
