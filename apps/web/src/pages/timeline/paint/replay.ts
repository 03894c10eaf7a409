import { textAligns, type Box } from './ink.ts';
import { codes, type Picture } from './picture.ts';
import { hatchNames, type HatchName, type Sprites } from './sprites.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Paints pictures onto one canvas, as large as they are and as sharp as the screen is. */
export function createReplay(context: Context): (picture: Picture, sprites: Sprites) => void {
  const patterns = new WeakMap<ImageBitmap, CanvasPattern | null>();
  /** A pattern of pixels of the screen, on a canvas that is measured in pixels of the page. */
  const patternOf = (sprites: Sprites, name: HatchName): CanvasPattern | null => {
    const image = sprites.hatches[name];
    const known = patterns.get(image);
    if (known !== undefined) return known;
    const pattern = context.createPattern(image, 'repeat');
    pattern?.setTransform(new DOMMatrix([1 / sprites.ratio, 0, 0, 1 / sprites.ratio, 0, 0]));
    patterns.set(image, pattern);
    return pattern;
  };

  return ({ steps, words, width, height }, sprites) => {
    const { canvas } = context;
    const { ratio } = sprites;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = 'middle';
    let at = 0;
    // A typed array gives undefined past its end alone, which no step reaches.
    const next = (): number => steps[at++] ?? 0;
    const word = (): string => words[next()] ?? '';
    const box = (): Box => [next(), next(), next(), next()];
    let font = '';

    const line = (): void => {
      context.strokeStyle = word();
      context.lineWidth = next();
    };
    const paint: Record<number, () => void> = {
      [codes.rect]: () => {
        context.fillStyle = word();
        context.globalAlpha = next();
        context.fillRect(...box());
        context.globalAlpha = 1;
      },
      [codes.hatch]: () => {
        const pattern = patternOf(sprites, hatchNames[next()] ?? 'unwatched');
        const where = box();
        if (pattern === null) return;
        context.fillStyle = pattern;
        context.fillRect(...where);
      },
      [codes.rounded]: () => {
        context.fillStyle = word();
        const radius = next();
        context.beginPath();
        context.roundRect(...box(), radius);
        context.fill();
      },
      [codes.text]: () => {
        const text = word();
        const wanted = word();
        // Fonts are costly to change.
        if (wanted !== font) context.font = wanted;
        font = wanted;
        context.fillStyle = word();
        context.textAlign = textAligns[next()] ?? 'left';
        context.fillText(text, next(), next());
      },
      [codes.lines]: () => {
        line();
        context.setLineDash(next() === 1 ? [4, 3] : []);
        context.beginPath();
        for (let left = next(); left > 0; left -= 4) {
          context.moveTo(next(), next());
          context.lineTo(next(), next());
        }
        context.stroke();
        context.setLineDash([]);
      },
      [codes.glyph]: () => {
        const image = sprites.glyphs[next()];
        const [x, y] = [next(), next()];
        if (image !== undefined) context.drawImage(image, x, y, sprites.size, sprites.size);
      },
      [codes.ring]: () => {
        line();
        context.beginPath();
        context.arc(next(), next(), next(), 0, 2 * Math.PI);
        context.stroke();
      },
      [codes.clip]: () => {
        context.save();
        context.beginPath();
        context.rect(...box());
        context.clip();
      },
      [codes.unclip]: () => {
        context.restore();
        font = '';
      },
    };
    while (at < steps.length) paint[next()]?.();
  };
}
