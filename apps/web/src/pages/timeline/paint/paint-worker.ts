/** Paints, beside the page, the pictures that it is given: see easel.ts. */
import type { PageFont } from '../../../fonts.ts';
import type { Picture } from './picture.ts';
import { createReplay } from './replay.ts';
import type { Sprites } from './sprites.ts';

/** What the page tells the worker; `begin` comes first, and once. */
export type Order =
  | { readonly kind: 'begin'; readonly canvas: OffscreenCanvas; readonly font: PageFont }
  | { readonly kind: 'sprites'; readonly sprites: Sprites }
  | { readonly kind: 'picture'; readonly picture: Picture };

let replay: ReturnType<typeof createReplay> | undefined;
let sprites: Sprites | undefined;
let latest: Picture | undefined;
let isAsked = false;

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  switch (data.kind) {
    case 'begin': {
      const context = data.canvas.getContext('2d', { alpha: false });
      if (context === null) throw new Error('This browser paints no canvas in a worker.');
      // Not before: a context may stay with the font that it found in the place of one.
      void loadFont(data.font).then(() => {
        replay = createReplay(context);
        ask();
      });
      break;
    }
    case 'sprites':
      sprites = data.sprites;
      break;
    case 'picture':
      latest = data.picture;
      ask();
      break;
  }
});

/** Of pictures that wait, only the latest is painted. */
function ask(): void {
  if (isAsked) return;
  isAsked = true;
  setTimeout(() => {
    isAsked = false;
    if (latest !== undefined && sprites !== undefined) replay?.(latest, sprites);
  });
}

/** A worker has no style sheets. Where the font cannot be had, the next one of its list is painted. */
async function loadFont({ family, url, weight }: PageFont): Promise<void> {
  try {
    const { fonts } = self as unknown as { readonly fonts: FontFaceSet };
    const face = new FontFace(family, `url("${url}")`, { weight });
    fonts.add(face);
    await face.load();
  } catch {
    return;
  }
}
