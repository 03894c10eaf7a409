import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter, LineTooLongError } from './line-splitter.ts';

describe('line splitter', () => {
  test('[fault 2] a stream cut anywhere, even inside a character or an escape, gives the same lines', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify({ text: `${text}ü€🙂` })),
        ),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (lines, sizes) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
          const splitter = createLineSplitter();
          const found: string[] = [];
          let at = 0;
          for (let index = 0; at < bytes.length; index += 1) {
            const size = sizes[index % sizes.length] ?? 1;
            found.push(...splitter.push(bytes.subarray(at, at + size)));
            at += size;
          }
          expect(found).toEqual(lines);
          expect(splitter.pending).toBe(0);
        },
      ),
    );
  });

  test('[fault 1] what has no newline at the end is no line', () => {
    const splitter = createLineSplitter();
    expect(splitter.push(Buffer.from('{"a":1}\n{"b":'))).toEqual(['{"a":1}']);
    expect(splitter.pending).toBe(5);
  });

  test('a line beyond the bound is an error that names it, however small its chunks', () => {
    const splitter = createLineSplitter(100);
    expect(splitter.push(Buffer.from(`${'x'.repeat(100)}\n`))).toHaveLength(1);
    for (let index = 0; index < 10; index += 1) splitter.push(Buffer.from('x'.repeat(10)));
    expect(() => splitter.push(Buffer.from('x'))).toThrow(LineTooLongError);
    expect(() => createLineSplitter(100).push(Buffer.from('x'.repeat(101)))).toThrow('100 bytes');
  });

  test('8 MB in chunks of 1 KB are joined once, not once for each chunk', () => {
    const splitter = createLineSplitter();
    const chunk = Buffer.alloc(1024, 'x');
    for (let index = 0; index < 8192; index += 1) splitter.push(chunk);
    const [line] = splitter.push(Buffer.from('\n'));
    expect(line).toHaveLength(8 * 1024 * 1024);
  }, 4000);
});
