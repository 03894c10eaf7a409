import type { Freshness } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { mergeFreshness, toFreshness } from './freshness.ts';

const fault = { code: 'network', detail: 'Nothing answers.' };
const live: Freshness = { kind: 'live' };
const gone: Freshness = { kind: 'gone' };
const forbidden: Freshness = { kind: 'forbidden', fault };
const syncing: Freshness = { kind: 'syncing', received: 3, expected: 10 };
const unsure: Freshness = { kind: 'syncing', received: 2 };
const reconnecting: Freshness = { kind: 'reconnecting', since: '2026-01-01T00:00:02Z' };
const stale: Freshness = { kind: 'stale', since: '2026-01-01T00:00:01Z', fault };
const staler: Freshness = { kind: 'stale', since: '2026-01-01T00:00:00Z', fault };

describe('a view over several informers', () => {
  const cases: [string, Freshness[], Freshness][] = [
    ['is live when all are', [live, live], live],
    ['is what the only one is', [reconnecting], reconnecting],
    ['is stale since the first that is', [live, stale, staler, syncing], staler],
    ['reconnects when one does', [live, reconnecting], reconnecting],
    [
      'syncs until all have, and adds up',
      [syncing, syncing, live],
      { kind: 'syncing', received: 6, expected: 20 },
    ],
    ['does not expect what one cannot say', [syncing, unsure], { kind: 'syncing', received: 5 }],
    ['is live where only a part is forbidden or gone', [forbidden, live, gone], live],
    ['is forbidden where nothing is left', [gone, forbidden], forbidden],
    ['is gone where all is', [gone, gone], gone],
  ];
  it.each(cases)('%s', (_name, parts, expected) => {
    expect(mergeFreshness(parts)).toEqual(expected);
  });
});

it('says which command tells what is forbidden', () => {
  const state = {
    kind: 'forbidden',
    fault: { code: 'forbidden', stage: 'list', detail: 'No.', status: 403 },
  } as const;
  const gvr = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' };
  expect(toFreshness(state, { gvr, namespace: 'shop' })).toMatchObject({
    fault: {
      remedy: expect.stringContaining('kubectl auth can-i list rollouts.argoproj.io -n shop '),
    },
  });
  expect(toFreshness(state, { gvr })).toMatchObject({
    fault: { remedy: expect.stringContaining('--all-namespaces') },
  });
});
