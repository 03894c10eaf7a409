import { pageFont } from '../../../fonts.ts';
import type { Order } from './paint-worker.ts';
import type { Picture } from './picture.ts';
import { createReplay } from './replay.ts';
import type { Sprites } from './sprites.ts';

/** A canvas that pictures are shown on. */
export interface Easel {
  /** Before the first picture, and whenever they have changed; they are the easel's from then on. */
  readonly setSprites: (sprites: Sprites) => void;
  readonly show: (picture: Picture) => void;
  readonly close: () => void;
}

/**
 * Puts a canvas into `host`. A worker paints on it, so that the page is free for what else a frame
 * asks of it; where none can be had, the page does. `onStale`: that was found out only now, and
 * sprites and picture have to be given once more.
 */
export function createEasel(host: HTMLElement, onStale: () => void): Easel {
  let easel = paintedByWorker(addCanvas(host), () => {
    easel.close();
    easel = paintedByPage(addCanvas(host));
    onStale();
  });
  return {
    setSprites: (sprites) => easel.setSprites(sprites),
    show: (picture) => easel.show(picture),
    close: () => easel.close(),
  };
}

/** What was handed over never comes back: each painter has a canvas of its own. */
function addCanvas(host: HTMLElement): HTMLCanvasElement {
  return host.appendChild(document.createElement('canvas'));
}

function paintedByWorker(canvas: HTMLCanvasElement, onFailed: () => void): Easel {
  const worker = new Worker(new URL('./paint-worker.ts', import.meta.url), { type: 'module' });
  const send = (order: Order, own: Transferable[]): void => worker.postMessage(order, own);
  // It was not found, not let in, or threw.
  worker.addEventListener('error', onFailed, { once: true });

  const surface = canvas.transferControlToOffscreen();
  send({ kind: 'begin', canvas: surface, font: pageFont }, [surface]);
  return {
    setSprites: (sprites) => {
      send({ kind: 'sprites', sprites }, [...sprites.glyphs, ...Object.values(sprites.hatches)]);
    },
    show: (picture) => send({ kind: 'picture', picture }, [picture.steps.buffer]),
    close: () => {
      worker.terminate();
      canvas.remove();
    },
  };
}

function paintedByPage(canvas: HTMLCanvasElement): Easel {
  const context = canvas.getContext('2d', { alpha: false });
  const replay = context === null ? undefined : createReplay(context);
  let known: Sprites | undefined;
  return {
    setSprites: (sprites) => {
      known = sprites;
    },
    show: (picture) => {
      if (known !== undefined) replay?.(picture, known);
    },
    close: () => canvas.remove(),
  };
}
