import { expect, it, vi } from 'vitest';
import { createRecorder } from './picture.ts';
import { createReplay } from './replay.ts';
import type { Sprites } from './sprites.ts';

const image = (name: string): ImageBitmap => ({ name }) as unknown as ImageBitmap;
const sprites: Sprites = {
  size: 15,
  ratio: 2,
  glyphs: [image('spec'), image('status')],
  hatches: {
    unwatched: image('unwatched'),
    away: image('away'),
    dropped: image('dropped'),
    part: image('part'),
  },
};

/** Notes each call with the fill, the stroke and the font that it was made with. */
function fakeContext() {
  const calls: unknown[][] = [];
  const state: Record<string, unknown> = {
    canvas: { width: 0, height: 0 },
    createPattern: (of: unknown) => ({ of, setTransform: () => {} }),
  };
  const looks = ['fillStyle', 'globalAlpha', 'font', 'textAlign', 'strokeStyle', 'lineWidth'];
  const context = new Proxy(state, {
    get: (target, name) =>
      name in target
        ? target[String(name)]
        : (...args: unknown[]) => {
            const look = Object.fromEntries(looks.map((key) => [key, target[key]]));
            calls.push([name, args, look]);
          },
  }) as unknown as CanvasRenderingContext2D;
  const named = (name: string) => calls.filter(([call]) => call === name);
  const argsOf = (name: string) => named(name).map(([, args]) => args);
  return { context, named, argsOf, canvas: state['canvas'] };
}

function replayed(draw: (ink: ReturnType<typeof createRecorder>) => void) {
  vi.stubGlobal('DOMMatrix', vi.fn());
  const ink = createRecorder();
  draw(ink);
  const fake = fakeContext();
  createReplay(fake.context)(ink.picture(300, 100), sprites);
  return fake;
}

it('paints what was drawn, in order, in the colours it was drawn in', () => {
  const { named } = replayed((ink) => {
    ink.rect('red', [1, 2, 3, 4]);
    ink.rect('blue', [5, 6, 7, 8], 0.5);
    ink.rect('red', [9, 10, 11, 12]);
  });
  expect(named('fillRect')).toMatchObject([
    ['fillRect', [1, 2, 3, 4], { fillStyle: 'red', globalAlpha: 1 }],
    ['fillRect', [5, 6, 7, 8], { fillStyle: 'blue', globalAlpha: 0.5 }],
    ['fillRect', [9, 10, 11, 12], { fillStyle: 'red', globalAlpha: 1 }],
  ]);
});

it('paints texts in their fonts, also after a clip took the font back', () => {
  const { named } = replayed((ink) => {
    ink.within([0, 0, 10, 10], () => ink.text('in', { font: 'f', color: 'c' }, 1, 2));
    ink.text('out', { font: 'f', color: 'd', align: 'right' }, 3, 4);
  });
  expect(named('fillText')).toMatchObject([
    ['fillText', ['in', 1, 2], { font: 'f', fillStyle: 'c', textAlign: 'left' }],
    ['fillText', ['out', 3, 4], { font: 'f', fillStyle: 'd', textAlign: 'right' }],
  ]);
  expect([...named('clip'), ...named('restore')]).toHaveLength(2);
});

it('paints lines, rings, glyphs, hatches and round corners, each where it is', () => {
  const { named, argsOf } = replayed((ink) => {
    ink.lines({ color: 'l', width: 2, broken: true }, [1, 2, 3, 4, 5, 6, 7, 8]);
    ink.ring({ color: 'r', width: 1.5 }, 9, 10, 11);
    ink.glyph(1, 12, 13);
    ink.hatch('away', [14, 15, 16, 17]);
    ink.rounded('o', [18, 19, 20, 21], 2.5);
  });
  expect(argsOf('moveTo')).toEqual([
    [1, 2],
    [5, 6],
  ]);
  expect(argsOf('lineTo')).toEqual([
    [3, 4],
    [7, 8],
  ]);
  expect(argsOf('setLineDash')).toEqual([[[4, 3]], [[]]]);
  expect(named('stroke')).toMatchObject([
    ['stroke', [], { strokeStyle: 'l', lineWidth: 2 }],
    ['stroke', [], { strokeStyle: 'r', lineWidth: 1.5 }],
  ]);
  expect(argsOf('arc')).toEqual([[9, 10, 11, 0, 2 * Math.PI]]);
  expect(argsOf('drawImage')).toEqual([[{ name: 'status' }, 12, 13, 15, 15]]);
  expect(named('fillRect')).toMatchObject([
    ['fillRect', [14, 15, 16, 17], { fillStyle: { of: { name: 'away' } } }],
  ]);
  expect(named('roundRect')).toMatchObject([
    ['roundRect', [18, 19, 20, 21, 2.5], { fillStyle: 'o' }],
  ]);
});

it('paints as many pixels as the screen has', () => {
  const { canvas, argsOf } = replayed(() => {});
  expect(canvas).toEqual({ width: 600, height: 200 });
  expect(argsOf('setTransform')).toEqual([[2, 0, 0, 2, 0, 0]]);
});
