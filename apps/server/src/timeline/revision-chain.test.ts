import { execFileSync } from 'node:child_process';
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
        expect([...chain.texts()]).toEqual(left);
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

it('states take no more memory than is counted, however often one object changes', () => {
  // In a process of its own: nothing else allocates there.
  const script = `
    import { createRevisionChain } from '${new URL('revision-chain.ts', import.meta.url).href}';
    import { createRevisionShelf } from '${new URL('revision-shelf.ts', import.meta.url).href}';
    const revision = (n) => ({ uid: '', resourceVersion: '', time: n, change: n, noted: n, deleted: false, since: n, formerUntil: n });
    const chains = Array.from({ length: 40 }, () => createRevisionChain());
    const shelf = createRevisionShelf({ perObject: 1, total: { revisions: 1e9, bytes: 1e9 } });
    const used = () => { gc(); const { arrayBuffers, heapUsed } = process.memoryUsage(); return [arrayBuffers, heapUsed]; };
    const change = (times) => { for (let n = 0; n < times; n += 1) shelf.add('x', revision(n), '{}'); };
    change(20_000); // What starting up leaves behind is gone then.
    const before = used();
    for (let n = 0; n < 400; n += 1) chains[n % 40].add(revision(n), '{"text":"' + 'x'.repeat(20_000) + n + '"}');
    const packed = used();
    change(40_000);
    const often = used();
    console.log(JSON.stringify({ buffers: packed[0] - before[0], heap: often[1] - packed[1], held: chains.length + shelf.stats.revisions }));
  `;
  // One thread, so that buffers are freed when gc() returns, and not by a helper some time later.
  const args = ['--expose-gc', '--single-threaded-gc', '--input-type=module', '--eval', script];
  const grown = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Record<
    string,
    number
  >;
  expect(grown).toMatchObject({ held: 41 });
  expect(grown['buffers']).toBeLessThan(2 ** 20);
  expect(grown['heap']).toBeLessThan(2 ** 20);
}, 30_000);
