import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRevisionChain } from './revision-chain.ts';

const revision = (n: number) => ({
  uid: '',
  resourceVersion: String(n),
  time: n,
  change: n,
  noted: n,
  deleted: false,
  since: n,
  formerUntil: n,
});

it('a chain gives back every text that was added, whatever it was, after any drops', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 12 }),
      fc.nat(12),
      (texts, drops) => {
        const chain = createRevisionChain();
        let bytes = 0;
        for (const [n, text] of texts.entries()) bytes += chain.add(revision(n), text);
        for (let n = 0; n < drops; n += 1) bytes -= chain.drop();
        const left = texts.slice(drops).reverse();
        expect(left.map((_, index) => chain.text(index))).toEqual(left);
        expect(chain.revisions).toHaveLength(left.length);
        expect(bytes > 0).toBe(left.length > 0);
      },
    ),
  );
});

it('a chain keeps an older state in a small part of its size, however large it is', () => {
  for (const items of [60, 6000]) {
    const chain = createRevisionChain();
    const text = (n: number) =>
      JSON.stringify(Array.from({ length: items }, (_, index) => ({ id: index * 7919, n })));
    const whole = chain.add(revision(1), text(1));
    expect(chain.add(revision(2), text(2))).toBeLessThan(whole / 2);
    expect(chain.drop()).toBeLessThan(whole / 5);
  }
});
