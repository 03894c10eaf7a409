import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionContext } from './completion.ts';

/** The context at the bar in the text. */
function at(marked: string): ReturnType<typeof completionContext> {
  return completionContext(marked.replace('|', ''), marked.indexOf('|'));
}

describe('completionContext', () => {
  it('completes keys at the start, after a comma and after "!"', () => {
    expect(at('|')).toEqual({
      kind: 'key',
      negated: false,
      range: { start: 0, end: 0 },
      typed: '',
    });
    expect(at('ap|p=x')).toMatchObject({ kind: 'key', range: { start: 0, end: 3 }, typed: 'ap' });
    expect(at('app=x,|')).toMatchObject({ kind: 'key', range: { start: 6, end: 6 } });
    expect(at('app=x, !ca|')).toMatchObject({ kind: 'key', negated: true, typed: 'ca' });
    expect(at('in|')).toMatchObject({ kind: 'key', typed: 'in' });
  });

  it('completes operators after a key', () => {
    expect(at('app |')).toMatchObject({
      kind: 'operator',
      key: 'app',
      range: { start: 4, end: 4 },
    });
    expect(at('app no|')).toMatchObject({
      kind: 'operator',
      typed: 'no',
      range: { start: 4, end: 6 },
    });
  });

  it('completes values of the key, and knows which of a set are chosen', () => {
    expect(at('app=|')).toMatchObject({ kind: 'value', key: 'app', operator: '=', typed: '' });
    expect(at('app!=sh|op,b')).toMatchObject({ kind: 'value', range: { start: 5, end: 9 } });
    expect(at('tier in (|')).toMatchObject({ kind: 'value', key: 'tier', chosen: [] });
    expect(at('tier in (web, a|')).toMatchObject({ kind: 'value', chosen: ['web'], typed: 'a' });
    expect(at('tier in (web|)')).toMatchObject({ kind: 'value', chosen: [], typed: 'web' });
  });

  it('says what alone can follow where nothing can be completed', () => {
    expect(at('tier in |')).toMatchObject({ kind: 'punctuation', expected: ['('] });
    expect(at('tier in (web |')).toMatchObject({ kind: 'punctuation', expected: [',', ')'] });
    expect(at('app=x |')).toMatchObject({ kind: 'punctuation', expected: [','] });
    expect(at('!app |')).toMatchObject({ kind: 'punctuation', expected: [','] });
  });

  it('starts again after a comma, whatever is wrong before it', () => {
    expect(at('app foo bar,|')).toMatchObject({ kind: 'key' });
    expect(at('app in x,ti|')).toMatchObject({ kind: 'key', typed: 'ti' });
  });

  it('never throws, and its range holds the caret', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, offset) => {
        const caret = offset % (text.length + 1);
        const { range, typed } = completionContext(text, caret);
        expect(range.start <= caret && caret <= range.end && range.end <= text.length).toBe(true);
        expect(text.slice(range.start, caret)).toBe(typed);
      }),
    );
  });
});
