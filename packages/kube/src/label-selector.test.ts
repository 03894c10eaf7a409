import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from './label-parser.ts';
import { formatLabelSelector, matchesLabels } from './label-selector.ts';
import type { Labels, LabelSelector } from './label-selector.ts';
import { anyText } from './testing/arbitrary.ts';
import upstream from './testing/upstream/labels.json' with { type: 'json' };

function selector(text: string): LabelSelector {
  const result = parseLabelSelector(text);
  if (!result.ok) {
    throw new Error(result.message);
  }
  return result.selector;
}

interface Accepted {
  readonly text: string;
  readonly canonical: string;
  readonly matches: string;
}
const accepted = upstream.cases.flatMap(({ text, canonical, matches }): readonly Accepted[] =>
  canonical === undefined || matches === undefined ? [] : [{ text, canonical, matches }],
);

function terms(canonical: string): readonly string[] {
  return (canonical.replaceAll('==', '=').match(/[^,(]+(?:\([^)]*\))?/g) ?? []).sort();
}

describe('parseLabelSelector', () => {
  it('accepts and refuses what Kubernetes does', () => {
    expect(upstream.cases.length).toBeGreaterThan(400);
    for (const { text, matches } of upstream.cases) {
      expect([text, parseLabelSelector(text).ok]).toEqual([text, matches !== undefined]);
    }
  });

  it('reads the terms in the order they stand in, with where they stand', () => {
    const text = 'tier in (web, api), app==shop,!canary';
    const result = parseLabelSelector(text);
    expect(result).toEqual({
      ok: true,
      selector: {
        requirements: [
          { key: 'tier', operator: 'in', values: ['web', 'api'] },
          { key: 'app', operator: '=', values: ['shop'] },
          { key: 'canary', operator: '!exists', values: [] },
        ],
      },
      ranges: [
        { start: 0, end: 18 },
        { start: 20, end: 29 },
        { start: 30, end: 37 },
      ],
    });
  });

  it('says what is wrong, what is expected, and where', () => {
    const faults = ['a b', 'a in b', 'a in (b', '=b', 'a,,b', 'a>x', 'a/b/c', 'a=-b', '!!a', 'A/b'];
    expect(faults.map((text) => parseLabelSelector(text))).toEqual([
      {
        ok: false,
        position: 2,
        message: 'Found "b", expected "=", "!=", "in", "notin", ">" or "<" after the key "a".',
      },
      { ok: false, position: 5, message: 'Found "b", expected "(" after "in".' },
      { ok: false, position: 7, message: 'Found the end of the selector, expected "," or ")".' },
      { ok: false, position: 0, message: 'Found "=", expected a label key or "!".' },
      { ok: false, position: 2, message: 'Found ",", expected a label key or "!" after ",".' },
      { ok: false, position: 2, message: '">" compares with an integer of 64 bits, found "x".' },
      { ok: false, position: 0, message: expect.stringContaining('more than one "/"') },
      {
        ok: false,
        position: 2,
        message: expect.stringContaining('starting and ending with a letter or a digit'),
      },
      { ok: false, position: 1, message: 'Found "!", expected a label key after "!".' },
      { ok: false, position: 0, message: expect.stringContaining('The prefix "A"') },
    ]);
  });

  it('cuts what it quotes, however long the selector is', () => {
    const result = parseLabelSelector(`a=${'x'.repeat(100_000)}`);
    expect((result.ok ? '' : result.message).length).toBeLessThan(300);
  });

  it('never throws, and points into the text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string()), (text) => {
        const result = parseLabelSelector(text);
        expect(result.ok || (result.position >= 0 && result.position <= text.length)).toBe(true);
      }),
    );
  });
});

describe('matchesLabels', () => {
  it('matches what Kubernetes matches', () => {
    for (const { text, matches } of accepted) {
      const ours = (upstream.sets as readonly Labels[]).map((labels) =>
        matchesLabels(selector(text), labels) ? 'y' : 'n',
      );
      expect([text, ours.join('')]).toEqual([text, matches]);
    }
  });

  it('[I29] compares integers of 64 bits exactly', () => {
    const labels = { generation: '9007199254740993' };
    expect(matchesLabels(selector('generation>9007199254740992'), labels)).toBe(true);
    expect(matchesLabels(selector('generation<9007199254740993'), labels)).toBe(false);
  });

  it('takes no inherited property for a label', () => {
    expect(matchesLabels(selector('constructor'), {})).toBe(false);
    expect(matchesLabels(selector('!toString'), undefined)).toBe(true);
  });
});

describe('formatLabelSelector', () => {
  it('writes the terms that Kubernetes writes, ordered by key', () => {
    for (const { text, canonical } of accepted) {
      expect([text, terms(formatLabelSelector(selector(text)))]).toEqual([text, terms(canonical)]);
    }
    expect(formatLabelSelector(selector('b notin (z,y),!a,c>5'))).toBe('!a,b notin (y,z),c>5');
  });

  it('writes the same text for the same terms, which reads back as the same', () => {
    for (const { text } of accepted) {
      const canonical = formatLabelSelector(selector(text));
      expect(formatLabelSelector(selector(canonical))).toBe(canonical);
      const reversed = { requirements: [...selector(text).requirements].reverse() };
      expect(formatLabelSelector(reversed)).toBe(canonical);
    }
  });
});
