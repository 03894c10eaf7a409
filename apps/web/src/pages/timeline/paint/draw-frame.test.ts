import { describe, expect, it } from 'vitest';
import type { Blind } from '../../../ui/blind-spans.ts';
import { xOf } from '../engine/geometry.ts';
import { classBit } from '../engine/mark-classes.ts';
import { anObject, noon, sceneOf, second, storeOf } from '../engine/testing.ts';
import { drawFrame, type Pen } from './draw-frame.ts';

const names = Array.from({ length: 50 }, (_, index) => `o${index + 10}`);
const blind: Blind = { from: noon, to: noon + 20 * second, reason: 'unwatched' };

/** An ink that notes what was drawn where. */
function fakePen() {
  const glyphs: number[] = [];
  const texts: string[] = [];
  const lines: number[] = [];
  const hatches: string[] = [];
  const colors = new Proxy({}, { get: (_, name) => String(name) }) as Pen['colors'];
  const pen: Pen = {
    ink: {
      rect: () => {},
      rounded: () => {},
      ring: () => {},
      within: (_, draw) => draw(),
      hatch: (name) => hatches.push(name),
      text: (text) => texts.push(text),
      lines: (_, points) => lines.push(...points),
      glyph: (_, x) => glyphs.push(x),
    },
    colors,
    names: new WeakMap(),
    sprites: { size: 15, ratio: 1 },
    measure: (text) => text.length * 6,
  };
  return { pen, glyphs, texts, lines, hatches };
}

describe('what is drawn', () => {
  const marks = names.flatMap((name) =>
    Array.from({ length: 200 }, (_, index) => ({ object: anObject(name), at: index / 2 })),
  );
  const many = storeOf(...marks);

  it('is the lanes that are seen, each with no more marks than there are places for', () => {
    const { pen, glyphs, texts } = fakePen();
    drawFrame(pen, sceneOf(many));
    const shown = names.filter((name) => texts.includes(name));
    expect(shown).toHaveLength(19);
    expect(glyphs.length).toBeLessThan(19 * 200);
    expect(glyphs.length).toBeGreaterThan(19 * 90);
  });

  it('is what is in view, and while it is paused nothing that came later', () => {
    const one = storeOf(
      { object: anObject('a'), at: -1000 },
      { object: anObject('a'), at: 50 },
      { object: anObject('a'), at: 90 },
      { object: anObject('a'), at: 1000 },
    );
    const drawn = (facts: Parameters<typeof sceneOf>[1]) => {
      const { pen, glyphs } = fakePen();
      drawFrame(pen, sceneOf(one, facts));
      return glyphs.length;
    };
    expect(drawn({})).toBe(2);
    const { view } = sceneOf(one);
    expect(drawn({ view: { ...view, pausedAt: noon + 60 * second } })).toBe(1);
  });

  it('says now while it is live alone', () => {
    const texts = (live: boolean) => {
      const fake = fakePen();
      drawFrame(fake.pen, sceneOf(many, { live }));
      return fake.texts;
    };
    expect(texts(true)).toContain('now');
    expect(texts(false)).not.toContain('now');
  });

  it('hatches what is not known, and says so once for lanes that share it', () => {
    const { pen, hatches, texts } = fakePen();
    drawFrame(pen, sceneOf(many, { blind: () => [blind] }));
    expect(hatches.filter((name) => name === 'unwatched')).toHaveLength(19);
    expect(texts.filter((text) => text === 'not watched')).toHaveLength(1);
  });

  it('draws a change that a relist found as the time it may have happened in', () => {
    const store = storeOf({ object: anObject('a'), at: 50, within: 25 * second });
    const { pen, lines } = fakePen();
    const scene = sceneOf(store);
    drawFrame(pen, scene);
    const from = Math.round(xOf(scene.geometry, scene.view.span, noon + 25 * second));
    const to = Math.round(xOf(scene.geometry, scene.view.span, noon + 50 * second));
    expect([lines[0], lines[2], lines[4], lines[6]]).toEqual([from, to, from + 0.5, from + 0.5]);
    const other = fakePen();
    drawFrame(other.pen, { ...scene, shown: classBit('spec') });
    expect(other.lines).toEqual([]);
  });

  it('draws a condition for as long as it is known to have been so, unless conditions are hidden', () => {
    const conditions = [{ type: 'Ready', from: 'True', to: 'False' }];
    const mark = { object: anObject('a'), at: 10, classes: ['condition'] as const, conditions };
    const blindAt = { from: noon + 20 * second, to: noon + 30 * second, reason: 'away' } as const;
    const scene = sceneOf(storeOf(mark), { blind: () => [blindAt] });
    const { pen, lines } = fakePen();
    drawFrame(pen, scene);
    const x = (at: number) => xOf(scene.geometry, scene.view.span, noon + at * second);
    expect(lines.filter((_, index) => index % 2 === 0)).toEqual([x(10), x(20), x(30), x(100)]);
    const other = fakePen();
    drawFrame(other.pen, { ...scene, shown: classBit('spec') });
    expect(other.lines).toEqual([]);
  });
});
