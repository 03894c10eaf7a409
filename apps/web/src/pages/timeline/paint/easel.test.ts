import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEasel } from './easel.ts';
import { createRecorder } from './picture.ts';
import type { Sprites } from './sprites.ts';

const sprites = { size: 15, ratio: 1, glyphs: [], hatches: {} } as unknown as Sprites;
const orders: string[] = [];
const workers: FakeWorker[] = [];
const painted = vi.fn<() => void>();

class FakeWorker extends EventTarget {
  readonly terminate = vi.fn<() => void>();
  constructor() {
    super();
    workers.push(this);
  }
  postMessage({ kind }: { kind: string }): void {
    orders.push(kind);
  }
}

beforeEach(() => {
  orders.length = 0;
  workers.length = 0;
  painted.mockReset();
  vi.stubGlobal('Worker', FakeWorker);
  const context = { setTransform: painted, canvas: {} };
  HTMLCanvasElement.prototype.getContext = (() => context) as never;
  HTMLCanvasElement.prototype.transferControlToOffscreen = () => ({}) as OffscreenCanvas;
});
afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(HTMLCanvasElement.prototype, 'transferControlToOffscreen');
});

const picture = () => createRecorder().picture(10, 10);

it('has a worker paint, that has the canvas first and the sprites before pictures', () => {
  const host = document.createElement('div');
  const easel = createEasel(host, () => {});
  easel.setSprites(sprites);
  easel.show(picture());
  expect(orders).toEqual(['begin', 'sprites', 'picture']);
  expect(painted).not.toHaveBeenCalled();
  easel.close();
  expect(workers[0]?.terminate).toHaveBeenCalledOnce();
  expect(host.children).toHaveLength(0);
});

it('paints by itself when the worker fails, and asks for all of it once more', () => {
  const host = document.createElement('div');
  const onStale = vi.fn<() => void>(() => {
    easel.setSprites(sprites);
    easel.show(picture());
  });
  const easel = createEasel(host, onStale);
  const first = host.firstElementChild;
  workers[0]?.dispatchEvent(new Event('error'));
  expect(onStale).toHaveBeenCalledOnce();
  expect(painted).toHaveBeenCalledOnce();
  // A canvas that was handed over cannot be painted by the page.
  expect(host.children).toHaveLength(1);
  expect(host.firstElementChild).not.toBe(first);
  easel.close();
  expect(host.children).toHaveLength(0);
});
