import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionParts, conditionTone } from './condition-text.ts';
import { durationText } from './duration-text.ts';
import { effectText } from './effect-text.ts';
import { feedItems, unfolded, type FeedEntry } from './feed-items.ts';
import { managersText } from './manager-text.ts';
import { pathSteps, shortPath } from './path-text.ts';
import { aChange } from './testing.ts';
import { clippedPair, valueText } from './value-text.ts';
import { wordDiff, type Piece } from './word-diff.ts';

function entryOf(facts: Parameters<typeof aChange>[0]): FeedEntry {
  const change = aChange(facts);
  return { type: 'change', key: `c${change.id}`, change };
}

describe('the lines of the feed', () => {
  it('fold heartbeats that follow each other, and only those', () => {
    const beat = (name: string, uid: string) =>
      entryOf({
        name,
        uid,
        classes: ['heartbeat'],
        fields: [{ path: 'spec.renewTime', before: '1', after: '2' }],
      });
    const items = feedItems([
      beat('c', 'u3'),
      beat('b', 'u2'),
      entryOf({ classes: ['spec'] }),
      beat('a', 'u1'),
    ]);
    expect(items.map((item) => item.kind)).toEqual(['fold', 'change', 'fold']);
    const [first] = items;
    expect(first?.kind === 'fold' && first.fold).toMatchObject({
      kind: 'heartbeats',
      count: 2,
      objects: 2,
      names: ['renewTime'],
    });
  });

  it('keep a fold its key while newer heartbeats come into it', () => {
    const beats = ['a', 'b', 'c'].map((name) => entryOf({ name, classes: ['heartbeat'] }));
    const before = feedItems(beats.slice(1));
    const after = feedItems(beats);
    expect(after[0]?.key).toBe(before[0]?.key);
  });

  describe('of the same fields of one object in a row', () => {
    const step = (value: number, facts: Parameters<typeof aChange>[0] = {}) =>
      entryOf({
        classes: ['spec'],
        fields: [{ path: 'spec.replicas', before: value - 1, after: value }],
        managers: [{ manager: value % 2 === 0 ? 'hpa' : 'kubectl', operation: 'Update' }],
        ...facts,
      });
    const kinds = (entries: readonly FeedEntry[]) => feedItems(entries).map(({ kind }) => kind);

    it('become one, from what was before the first to what is after the last', () => {
      const entries = [step(4), step(3), step(2)];
      const [fold, ...rest] = feedItems(entries);
      expect(rest).toEqual([]);
      if (fold?.kind !== 'fold') throw new Error('not folded');
      expect(fold.fold).toMatchObject({ kind: 'repeats', count: 3 });
      expect(fold.fold.whole.fields).toEqual([{ path: 'spec.replicas', before: 1, after: 4 }]);
      expect(fold.fold.whole.managers.map(({ manager }) => manager)).toEqual(['hpa', 'kubectl']);
      expect(fold.items.map(({ key }) => key)).toEqual(entries.map(({ key }) => key));
    });

    it('stay two where there are only two, since a fold would hide the one between', () => {
      expect(kinds([step(3), step(2)])).toEqual(['change', 'change']);
    });

    it('do not go on past another field, object, life, gap, or what a relist found', () => {
      const gap = { from: 'a', to: 'b', reason: 'unwatched', filled: false } as const;
      const others: FeedEntry[] = [
        step(4, { fields: [{ path: 'spec.image', before: 'a', after: 'b' }] }),
        step(4, { uid: 'other' }),
        step(4, { classes: ['deleting', 'spec'] }),
        step(4, { seen: 'relist' }),
        { type: 'gap', key: 'g', gap },
      ];
      for (const other of others) {
        const lines = kinds([step(6), step(5), other, step(3), step(2)]);
        expect(lines).not.toContain('fold');
        expect(lines).toHaveLength(5);
      }
    });

    it('stand below the line that stands for them when they are unfolded', () => {
      const items = feedItems([step(4), step(3), step(2)]);
      const keys = new Set(items.map(({ key }) => key));
      expect(unfolded(items, new Set())).toEqual(items);
      const lines = unfolded(items, keys);
      expect(lines.map(({ kind }) => kind)).toEqual(['fold', 'change', 'change', 'change']);
    });
  });

  it('have a line for a gap', () => {
    const gap = { from: 'a', to: 'b', reason: 'unwatched', filled: false } as const;
    expect(feedItems([{ type: 'gap', key: 'g1', gap }])).toEqual([{ kind: 'gap', key: 'g1', gap }]);
  });
});

describe('enter and leave', () => {
  const fields = [{ path: 'metadata.labels.tier', before: 'web', after: 'api' }];

  it('name the terms that the object stopped or started to meet', () => {
    const left = aChange({ effect: 'leave', fields });
    expect(effectText(left, 'app=checkout,tier=web')).toBe('left tier=web');
    const entered = aChange({ effect: 'enter', fields });
    expect(effectText(entered, 'tier in (api,db)')).toBe('entered tier in (api,db)');
  });

  it('read label keys that paths quote', () => {
    const quoted = [{ path: "metadata.labels['app.kubernetes.io/name']", before: 'a' }];
    const change = aChange({ effect: 'leave', fields: quoted });
    expect(effectText(change, 'app.kubernetes.io/name')).toBe('left app.kubernetes.io/name');
  });

  it('say it without a term where no label tells it', () => {
    expect(effectText(aChange({ effect: 'enter' }), '')).toBe('entered what matches here');
    expect(effectText(aChange(), 'tier=web')).toBeUndefined();
  });
});

describe('a condition', () => {
  it('that came, went or only changed its reason is said so', () => {
    const text = (change: Parameters<typeof conditionParts>[0]) => {
      const { lead, status, rest } = conditionParts(change);
      return lead + status + rest;
    };
    expect(text({ type: 'Ready', to: 'True' })).toBe('Ready new: True');
    expect(text({ type: 'Ready', from: 'True' })).toBe('Ready removed, was True');
    expect(text({ type: 'Ready', from: 'True', to: 'True' })).toBe('Ready still True');
  });

  it('is good or bad by its polarity, and neither where that is not known', () => {
    expect(conditionTone('Available', 'False')).toBe('bad');
    expect(conditionTone('Degraded', 'False')).toBe('good');
    expect(conditionTone('MemoryPressure', 'True')).toBe('bad');
    expect(conditionTone('Ready', 'Unknown')).toBe('waiting');
    expect(conditionTone('Paused', 'True')).toBe('plain');
  });
});

describe('words for values', () => {
  it('write objects in flow style, the empty string visibly, and cut what is long', () => {
    expect(valueText({ secretKeyRef: { name: 'db', key: 'url' } })).toBe(
      '{secretKeyRef: {name: db, key: url}}',
    );
    expect(valueText(['a', 1, true, null])).toBe('[a, 1, true, null]');
    expect(valueText('')).toBe('""');
    expect(valueText('x'.repeat(5000))).toHaveLength(601);
  });

  it('show where two long texts differ', () => {
    const head = 'registry.example.com/team/with/a/long/path/to/the/image-of-the-service';
    const { before, after } = clippedPair(`${head}:1.41.0`, `${head}:1.42.0`);
    expect(before.startsWith('…')).toBe(true);
    expect(before.endsWith('1.41.0')).toBe(true);
    expect(after.endsWith('1.42.0')).toBe(true);
    const end = 'of 7 replicas run registry.example/recommendations:4.3.7.';
    expect(clippedPair(`4 ${end}`, `6 ${end}`)).toEqual({
      before: '4 of 7 replicas…',
      after: '6 of 7 replicas…',
    });
  });

  it('shorten a path in its middle, and steps are not split inside brackets', () => {
    expect(shortPath('status.phase')).toBe('status.phase');
    expect(shortPath('spec.template.spec.initContainers[name=web].resources.limits.memory')).toBe(
      'spec.template…resources.limits.memory',
    );
    expect(pathSteps("metadata.labels['a.b/c'].x")).toEqual(['metadata', "labels['a.b/c']", 'x']);
  });

  it('say durations in one or two units', () => {
    expect([400, 9_940, 48_000, 252_000, 3_600_000, 90_000_000].map(durationText)).toEqual([
      '0.4 s',
      '9.9 s',
      '48 s',
      '4 min 12 s',
      '1 h',
      '1 d 1 h',
    ]);
  });

  it('name managers by operation and subresource, each once', () => {
    const via = { manager: 'argo', operation: 'Update', subresource: 'status' } as const;
    expect(managersText([via, via, { manager: 'flux', operation: 'Apply' }])).toBe(
      'argo via status · flux, Apply',
    );
  });
});

describe('a word diff', () => {
  const joined = (pieces: readonly Piece[], kept = false) =>
    pieces.flatMap(({ text, changed }) => (kept && changed ? [] : text)).join('');

  it('marks the words that differ', () => {
    const { before, after } = wordDiff('retry after 5 s, then stop', 'retry after 10 s, then stop');
    expect(before.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['5']);
    expect(after.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['10']);
  });

  it('loses nothing, and what it keeps is the same on both sides', () => {
    const text = string({ unit: constantFrom('a', 'b', ' ', '.', 'ü', '\n') });
    assert(
      property(text, text, (before, after) => {
        const diff = wordDiff(before, after);
        expect(joined(diff.before)).toBe(before);
        expect(joined(diff.after)).toBe(after);
        expect(joined(diff.before, true)).toBe(joined(diff.after, true));
      }),
    );
  });
});
