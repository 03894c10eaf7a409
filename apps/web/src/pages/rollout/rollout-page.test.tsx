import type { RolloutNode, RolloutParts } from '@kindscope/protocol';
import {
  act,
  cleanup,
  configure,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aChange } from '../../ui/changes/testing.ts';
import { layOut, live, renderAt } from '../testing/render-at.tsx';
import {
  aNode,
  manyNodes,
  stuckEvents,
  stuckMarks,
  stuckNodes,
  stuckSummary,
} from './testing/a-rollout.ts';

// The link's own pace is the browser's here: on a busy machine it takes its time.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  layOut();
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const path = '/rollout/argoproj.io/v1alpha1/rollouts/shop/checkout';
const stuck: RolloutParts = {
  root: 'checkout',
  nodes: [...stuckNodes],
  removed: [],
  marks: [...stuckMarks],
  events: [...stuckEvents],
  findings: [],
  lacks: [],
  summary: stuckSummary,
};

/** The page with a rollout that has been told of. */
async function rolloutAt(search: string, parts: Partial<RolloutParts> = {}) {
  const spec = stuckMarks[0]?.id ?? 0;
  const change = aChange({ id: spec, uid: 'checkout', name: 'checkout', classes: ['spec'] });
  const page = await renderAt(`${path}${search}`, { [`api/v1/changes/one.${spec}`]: change });
  await page.send(
    'rollout',
    { type: 'begin', reset: false, freshness: live },
    { type: 'rollout', ...stuck, ...parts },
    { type: 'end' },
  );
  return { ...page, spec };
}

const row = (name: RegExp): HTMLElement => screen.getByRole('row', { name });

describe('the rollout page', () => {
  it('asks for the object, and shows it with all that it owns as a tree', async () => {
    const page = await rolloutAt('');
    expect(await page.asked('rollout')).toMatchObject({
      resource: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
      namespace: 'shop',
      name: 'checkout',
    });
    expect(screen.getByRole('treegrid')).toBeDefined();
    expect(row(/^Rollout checkout/).getAttribute('aria-level')).toBe('1');
    const pod = row(/checkout-85fd6-bbms2/);
    expect(pod.getAttribute('aria-level')).toBe('3');
    expect(pod.textContent).toContain('0/1 ready, CrashLoopBackOff ×5');
    expect(pod.getAttribute('aria-label')).toBe(
      'Pod checkout-85fd6-bbms2, new, 0 of 1 ready, CrashLoopBackOff ×5',
    );
    expect(screen.getByRole('status', { name: 'State' }).textContent).toContain('stuck since');
    expect(screen.getByLabelText('Progress').textContent).toBe(
      'generation 14 · observed 14step 2 of 6ready 3 of 5',
    );
  });

  it('shows of each row what happened to it, by words', async () => {
    await rolloutAt(`?span=8m&to=2026-11-21T14:13:54.000Z`);
    const marks = within(row(/^Rollout checkout/)).getAllByRole('button', {
      name: /\d\d:\d\d/,
    });
    expect(marks.map((mark) => mark.getAttribute('aria-label')?.split(' ')[0])).toEqual([
      'Spec',
      'Status',
      'Status',
      'Status',
      'Condition',
    ]);
    expect(row(/checkout-85fd6-bbms2/).textContent).toContain('Warning BackOff ×5');
  });

  it('has the row that is chosen in the link, and folds what is folded', async () => {
    const page = await rolloutAt('');
    fireEvent.click(within(row(/checkout-85fd6-bbms2/)).getByRole('rowheader'));
    await waitFor(() => expect(page.search().get('node')).toBe('checkout-85fd6-bbms2'));
    expect(row(/checkout-85fd6-bbms2/).getAttribute('aria-selected')).toBe('true');
    const replicaSet = row(/ReplicaSet checkout-85fd6/);
    fireEvent.click(within(replicaSet).getByRole('button', { name: 'Fold' }));
    await waitFor(() => expect(screen.queryByRole('row', { name: /bbms2/ })).toBeNull());
    expect(row(/ReplicaSet checkout-85fd6/).textContent).toContain('3 more folded under it');
    expect(page.search().get('node')).toBeNull();
  });

  it('keeps what is chosen where another branch is folded', async () => {
    const page = await rolloutAt('?node=checkout-85fd6-bbms2');
    const fold = (name: RegExp): void => {
      fireEvent.click(within(row(name)).getByRole('button', { name: 'Fold' }));
    };
    fold(/ReplicaSet checkout-74df6/);
    await waitFor(() => expect(screen.queryByRole('row', { name: /psd6x/ })).toBeNull());
    expect(row(/checkout-85fd6-bbms2/).getAttribute('aria-selected')).toBe('true');
    expect(page.search().get('node')).toBe('checkout-85fd6-bbms2');
    // Over several levels it is in what is folded.
    fold(/^Rollout checkout/);
    await waitFor(() => expect(page.search().get('node')).toBeNull());
    expect(screen.getAllByRole('row')).toHaveLength(1);
  });

  it('keeps the row itself that is folded chosen', async () => {
    const page = await rolloutAt('?node=checkout-85fd6');
    fireEvent.click(within(row(/ReplicaSet checkout-85fd6/)).getByRole('button', { name: 'Fold' }));
    await waitFor(() => expect(screen.queryByRole('row', { name: /bbms2/ })).toBeNull());
    expect(page.search().get('node')).toBe('checkout-85fd6');
  });

  it('goes through the tree with arrow keys', async () => {
    await rolloutAt('');
    const root = row(/^Rollout checkout/);
    root.focus();
    fireEvent.keyDown(root, { key: 'ArrowDown' });
    await waitFor(() => expect(document.activeElement).toBe(row(/ReplicaSet checkout-85fd6/)));
    fireEvent.keyDown(document.activeElement ?? root, { key: 'ArrowLeft' });
    await waitFor(() =>
      expect(row(/ReplicaSet checkout-85fd6/).getAttribute('aria-expanded')).toBe('false'),
    );
    fireEvent.keyDown(document.activeElement ?? root, { key: 'ArrowLeft' });
    await waitFor(() => expect(document.activeElement).toBe(row(/^Rollout checkout/)));
  });

  it('goes through what is on a lane with period and comma, and does there what a click does', async () => {
    const page = await rolloutAt('?span=8m&to=2026-11-21T14:13:54.000Z');
    const pod = row(/checkout-85fd6-bbms2/);
    act(() => pod.focus());
    const press = (key: string): string | null | undefined => {
      fireEvent.keyDown(pod, { key });
      return screen.queryByRole('tooltip')?.textContent;
    };
    expect(press('.')).toMatch(/^CrashLoopBackOff ×5.*since/);
    expect(press('.')).toMatch(/^Created/);
    expect(press(',')).toMatch(/^CrashLoopBackOff ×5/);
    expect(press(',')).toMatch(/^CrashLoopBackOff ×5/);
    expect(press('Escape')).toBeUndefined();
    expect(press(',')).toMatch(/^Warning BackOff ×5/);
    press('Enter');
    await waitFor(() => expect(page.search().get('tab')).toBe('events'));
    expect(page.search().get('node')).toBe('checkout-85fd6-bbms2');
    act(() => pod.blur());
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  it('opens a change beside, by the link too, and closes it', async () => {
    const page = await rolloutAt('?span=8m&to=2026-11-21T14:13:54.000Z');
    fireEvent.click(within(row(/^Rollout checkout/)).getByRole('button', { name: /^Spec/ }));
    await waitFor(() => expect(page.search().get('change')).toBe(`one.${page.spec}`));
    const panel = await screen.findByRole('complementary', { name: 'The change' });
    fireEvent.click(within(panel).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(page.search().get('change')).toBeNull());
  });

  it('stands still while it is paused, and counts what waits', async () => {
    const page = await rolloutAt('');
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    const pod = stuckNodes.find(({ name }) => name.endsWith('bbms2')) as RolloutNode;
    const next: RolloutParts = {
      root: 'checkout',
      nodes: [{ ...pod, ready: { is: 1, of: 1 } }],
      removed: [],
      marks: [{ id: 900, uid: pod.uid, at: pod.created, classes: ['status'] }],
      events: [],
    };
    await page.send('rollout', { type: 'rollout', ...next });
    expect(row(/checkout-85fd6-bbms2/).textContent).toContain('0/1 ready');
    fireEvent.click(screen.getByRole('button', { name: 'Resume · 1 waiting' }));
    expect(row(/checkout-85fd6-bbms2/).textContent).toContain('1/1 ready');
  });

  it('holds the state above the lanes too while it is paused, and says of when it is', async () => {
    const page = await rolloutAt('');
    const state = (): string => screen.getByRole('status', { name: 'State' }).textContent;
    const going = state();
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    const held = state();
    expect(held).toMatch(new RegExp(`^${going}, as of \\d\\d:\\d\\d:\\d\\d$`));
    const healthy = { ...stuckSummary, state: { ...stuckSummary.state, kind: 'healthy' } as const };
    const next = { root: 'checkout', nodes: [], removed: [], marks: [], events: [] };
    await page.send('rollout', { type: 'rollout', ...next, summary: healthy });
    expect(state()).toBe(held);
    fireEvent.click(screen.getByRole('button', { name: /^Resume/ }));
    expect(state()).toBe(going.replace('stuck', 'healthy'));
  });

  it('says what is of now where the lanes show another time', async () => {
    await rolloutAt('?span=5m&to=2026-11-21T13:30:00.000Z');
    const says = (): readonly boolean[] =>
      [
        screen.getByRole('status', { name: 'State' }),
        screen.getByLabelText('Progress'),
        screen.getByRole('region', { name: 'Why it is stuck' }),
        screen.getByRole('region', { name: 'Kubernetes Events' }),
      ].map(({ textContent }) => textContent.includes('as of now'));
    expect(says()).toEqual([true, true, true, true]);
    expect(screen.getByRole('treegrid', { name: /as of now$/ })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(says()).toEqual([false, false, false, false]));
    expect(screen.queryByRole('treegrid', { name: /as of now$/ })).toBeNull();
  });

  it('folds 2,000 pods into a row', async () => {
    await rolloutAt('', { root: 'web', nodes: manyNodes(2000), marks: [], events: [] });
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(row(/2,000 pods ready/).getAttribute('aria-expanded')).toBe('false');
  });

  it('indents a long chain of owners no further than its names have room, and says how deep it is', async () => {
    const chain = Array.from({ length: 20 }, (_, at) =>
      aNode('ConfigMap', `link-${at}`, at === 0 ? {} : { parent: `link-${at - 1}` }),
    );
    await rolloutAt('', { root: 'link-0', nodes: chain, marks: [], events: [] });
    const indents = screen
      .getAllByRole('rowheader')
      .map((name) => [name.style.getPropertyValue('--level'), name.textContent]);
    expect(indents[8]).toEqual(['8', expect.stringMatching(/^ConfigMap link-8/)]);
    expect(indents[9]).toEqual(['8', expect.stringMatching(/^10ConfigMap link-9/)]);
  });

  it('says that there is no such object, and that none can be watched', async () => {
    await rolloutAt('', { root: null, nodes: [], marks: [], events: [] });
    expect(screen.getByText('There is no rollouts checkout in shop')).toBeDefined();
    expect(screen.queryByRole('treegrid')).toBeNull();
  });
});
