import { describe, expect, it } from 'vitest';
import { formatDuration, rolloutSearch } from '../../search.ts';
import { momentLink, rolloutTab, withRolloutSearch } from './rollout-url.ts';

describe('the link of a rollout', () => {
  it('has the time, the node, the change and the pane, and nothing else', () => {
    const search = { span: '5m', to: 'T', node: 'u', change: '7', tab: 'events' };
    expect(rolloutSearch({ ...search, other: 'x' })).toEqual(search);
    expect(rolloutSearch({ node: '', change: 7 })).toEqual({});
  });

  it('loses what becomes empty', () => {
    expect(withRolloutSearch({ node: 'u', change: '7' }, { node: '' })).toEqual({ change: '7' });
    expect(withRolloutSearch({ node: 'u' }, { change: '8' })).toEqual({ node: 'u', change: '8' });
  });

  it('asks for a pane; for the first one where it names none that there is', () => {
    expect(rolloutTab({})).toBe('why');
    expect(rolloutTab({ tab: 'events' })).toBe('events');
    expect(rolloutTab({ tab: 'compare' })).toBe('compare');
    expect(rolloutTab({ tab: 'nonsense' })).toBe('why');
  });

  it('names the moment where it is copied, also from a page that goes on with time', () => {
    const to = Date.parse('2026-11-22T14:00:00.000Z');
    const href = 'http://localhost/rollout/apps/v1/deployments/shop/web?node=u';
    const url = new URL(momentLink(href, { from: to - 300_000, to }, formatDuration));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      node: 'u',
      span: '5m',
      to: '2026-11-22T14:00:00.000Z',
    });
  });
});
