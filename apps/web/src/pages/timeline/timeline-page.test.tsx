import type { Change, Marks } from '@kindscope/protocol';
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
import { json, renderApp } from '../../testing/render-app.tsx';
import { aChange } from '../../ui/changes/testing.ts';
import { layOut, live } from '../testing/render-at.tsx';

const resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' };
const kinds = 'kinds=argoproj.io%2Fv1alpha1%2Frollouts';
const asked = 'resource=argoproj.io%2Fv1alpha1%2Frollouts';
const coverage = [{ resource, since: '2026-11-22T13:00:00.000Z', watched: true, blind: [] }];
const time = Date.parse('2026-11-22T13:59:00.000Z');
const marks: Marks = {
  objects: ['checkout', 'pricing'].map((name) => ({
    resource,
    kind: 'Rollout',
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
  })),
  managers: ['argo-rollouts'],
  classes: ['spec', 'status', 'heartbeat'],
  id: [7, 6, 5],
  time: [time, time - 1000, time - 2000],
  within: [0, 0, 0],
  object: [0, 1, 1],
  of: [0b001, 0b010, 0b100],
  manager: [0, 0, 0],
  conditions: [],
  lastId: 7,
  coverage,
};
const whole = aChange({
  id: 7,
  uid: 'uid-checkout',
  classes: ['spec'],
  time: '2026-11-22T13:59:00.000Z',
  fields: [{ path: 'spec.replicas', before: 2, after: 5 }],
  managers: [{ manager: 'argo-rollouts', operation: 'Update' }],
});

// Frames and the link's own pace are the browser's here: on a busy machine they take their time.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  layOut();
  // jsdom has no canvas, and says so each time it is asked.
  HTMLCanvasElement.prototype.getContext = (() => null) as never;
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The page over a fake server that has these marks, and gives any list or count of them. */
async function timelineAt(search: string) {
  const answers = {
    [`api/v1/changes/marks?${asked}&limit=5000`]: json(marks),
    [`api/v1/changes/marks?${asked}&namespace=shop&limit=5000`]: json(marks),
    [`api/v1/changes/coverage?${asked}`]: json({ items: coverage }),
    [`api/v1/changes/coverage?${asked}&namespace=shop`]: json({ items: coverage }),
    'api/v1/changes/one.7': json(whole),
    'api/v1/changes/before.7': json(
      { code: 'unknown-change', detail: 'Change 7 is not kept.' },
      404,
    ),
  };
  const page = await renderApp(`/timeline?${kinds}${search}`, { answers });
  act(() => page.peer().welcome());
  await screen.findByRole('application', { name: 'Timeline of changes' });
  const subscription = async () => {
    let id = 0;
    await waitFor(() => {
      const found = page
        .peer()
        .received.findLast((one) => one.type === 'subscribe' && one.view === 'changes');
      if (found?.type !== 'subscribe') throw new Error('nobody asked for changes');
      id = found.id;
    });
    return id;
  };
  const stream = async (...changes: readonly Change[]) => {
    const id = await subscription();
    const frame = { stream: id, epoch: 'e', seq: 0 };
    await act(async () => {
      page.peer().send({ type: 'attached', id, stream: id, resumed: false });
      page.peer().send({ type: 'begin', ...frame, reset: false, freshness: live });
      page.peer().send({ type: 'changes', ...frame, changes: [...changes] });
      page.peer().send({ type: 'end', ...frame });
    });
    await page.settle();
  };
  const search_ = () => new URLSearchParams(page.router.state.location.searchStr);
  return { ...page, stream, search: search_ };
}

const counts = () => screen.getByRole('status', { name: 'Counts' }).textContent;

describe('the timeline page', () => {
  it('counts what is in view, heartbeats folded, and what comes', async () => {
    const page = await timelineAt('');
    await waitFor(() =>
      expect(counts()).toBe('2 changes of 2 objects in view · 1 heartbeat folded'),
    );
    await page.stream(
      aChange({ id: 8, name: 'new', uid: 'new', time: '2026-11-22T13:59:59.000Z' }),
    );
    page.clock.pass(300);
    await waitFor(() => expect(counts()).toContain('3 changes of 3 objects'));
  });

  it('hides the classes that the legend switches off, in the link', async () => {
    const page = await timelineAt('');
    fireEvent.click(screen.getByRole('button', { name: 'Status' }));
    await waitFor(() => expect(counts()).toContain('1 change of 1 object in view'));
    expect(page.search().get('classes')).toBe(
      'deleted,recreated,created,deleting,spec,condition,metadata',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Status' }));
    await waitFor(() => expect(page.search().has('classes')).toBe(false));
  });

  it('is walked with the keyboard, which says where it is and opens the diff beside', async () => {
    const page = await timelineAt('');
    await waitFor(() => expect(counts()).toContain('2 changes'));
    const canvas = screen.getByRole('application', { name: 'Timeline of changes' });
    fireEvent.keyDown(canvas, { key: 'ArrowDown' });
    await screen.findByText(/^Rollout checkout in shop, Spec, at/u);
    fireEvent.keyDown(canvas, { key: 'Enter' });
    const panel = await screen.findByRole('complementary', { name: 'The change' });
    await within(panel).findByText('spec.replicas');
    expect(within(panel).getByText('argo-rollouts, Update')).toBeTruthy();
    expect(page.search().get('change')).toBe('one.7');
    fireEvent.keyDown(canvas, { key: 'Escape' });
    await waitFor(() => expect(page.search().has('change')).toBe(false));
  });

  it('takes the focus to the panel that the keyboard opened, and back to the same mark', async () => {
    await timelineAt('');
    await waitFor(() => expect(counts()).toContain('2 changes'));
    const canvas = screen.getByRole('application', { name: 'Timeline of changes' });
    canvas.focus();
    fireEvent.keyDown(canvas, { key: 'ArrowDown' });
    await screen.findByText(/^Rollout checkout in shop/u);
    fireEvent.keyDown(canvas, { key: 'ArrowDown' });
    await screen.findByText(/^Rollout pricing in shop/u);
    fireEvent.keyDown(canvas, { key: 'Enter' });
    const panel = await screen.findByRole('complementary', { name: 'The change' });
    const heading = within(panel).getByRole('heading', { name: 'Change' });
    expect(document.activeElement).toBe(heading);
    fireEvent.keyDown(heading, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    expect(document.activeElement).toBe(canvas);
    expect(screen.getByText(/^Rollout pricing in shop/u)).toBeTruthy();
    fireEvent.keyDown(canvas, { key: 'ArrowUp' });
    expect(await screen.findByText(/^Rollout checkout in shop/u)).toBeTruthy();
    act(() => screen.getByRole('button', { name: 'Pause' }).focus());
    await waitFor(() => expect(screen.queryByText(/^Rollout checkout in shop/u)).toBeNull());
  });

  it('leaves the focus where it is for who opens a change by pointer, and never loses it', async () => {
    await timelineAt('&change=one.7');
    const panel = await screen.findByRole('complementary', { name: 'The change' });
    expect(document.activeElement).toBe(document.body);
    const close = within(panel).getByRole('button', { name: 'Close' });
    act(() => close.focus());
    fireEvent.click(close);
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    const canvas = screen.getByRole('application', { name: 'Timeline of changes' });
    expect(document.activeElement).toBe(canvas);
  });

  it('never takes a change for one that a server before a restart called so', async () => {
    const page = await timelineAt('&change=before.7');
    const panel = await screen.findByRole('complementary', { name: 'The change' });
    expect(await within(panel).findByText('Change 7 is not kept.')).toBeTruthy();
    await waitFor(() => expect(counts()).toContain('2 changes'));
    const earlier = within(panel).getByRole('button', { name: 'Earlier in this lane' });
    expect((earlier as HTMLButtonElement).disabled).toBe(true);
    expect(page.asked).not.toContain('GET api/v1/changes/one.7');
  });

  it('keeps showing the change that was opened over a restart of the server', async () => {
    const page = await timelineAt('&change=one.7');
    const panel = await screen.findByRole('complementary', { name: 'The change' });
    await within(panel).findByText('spec.replicas');
    act(() => page.peer().close());
    act(() => page.clock.pass(10_000));
    await waitFor(() => expect(page.peers.length).toBeGreaterThan(1));
    act(() => page.peer().welcome({ instance: 'two' }));
    expect(within(panel).getByText('spec.replicas')).toBeTruthy();
    expect(page.search().get('change')).toBe('one.7');
    expect(page.asked.filter((one) => one.includes('/changes/one.7'))).toHaveLength(1);
    expect(page.asked.filter((one) => one.includes('/changes/two.'))).toEqual([]);
  });

  it('puts what is seen into the link once it stands still, and goes back to now', async () => {
    const page = await timelineAt('&span=10m');
    await waitFor(() => expect(counts()).toContain('2 changes'));
    const canvas = screen.getByRole('application', { name: 'Timeline of changes' });
    fireEvent.keyDown(canvas, { key: 'ArrowLeft' });
    await waitFor(() => expect(page.search().get('to')).toBe('2026-11-22T13:59:00.000Z'));
    expect(page.search().get('span')).toBe('10m');
    fireEvent.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(page.search().has('to')).toBe(false));
    fireEvent.click(screen.getByRole('button', { name: 'More time' }));
    await waitFor(() => expect(page.search().get('span')).toBe('15m'));
  });

  it('stands still while it is paused, and says how many wait', async () => {
    const page = await timelineAt('');
    await waitFor(() => expect(counts()).toContain('2 changes'));
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await screen.findByRole('button', { name: 'Resume' });
    await page.stream(aChange({ id: 8, name: 'new', time: '2026-11-22T14:00:01.000Z' }));
    const resume = await screen.findByRole('button', { name: 'Resume · 1 waiting' });
    fireEvent.click(resume);
    await screen.findByRole('button', { name: 'Pause' });
  });

  it('stays paused, as it was, where what is shown is narrowed', async () => {
    const page = await timelineAt('&span=10m');
    await waitFor(() => expect(counts()).toContain('2 changes'));
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(page.search().get('paused')).toBe('2026-11-22T14:00:00.000Z'));
    page.clock.pass(60_000);
    await act(() =>
      page.router.navigate({
        to: '/timeline',
        search: ((before: object) => ({ ...before, namespace: 'shop' })) as never,
      }),
    );
    await waitFor(() => expect(page.search().get('namespace')).toBe('shop'));
    await waitFor(() =>
      expect(page.asked.some((one) => one.includes('namespace=shop&limit'))).toBe(true),
    );
    await waitFor(() => expect(counts()).toContain('2 changes'));
    expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy();
    expect(page.search().get('paused')).toBe('2026-11-22T14:00:00.000Z');
    fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(page.search().has('paused')).toBe(false));
    expect(screen.getByRole('button', { name: 'Pause' })).toBeTruthy();
  });

  it('comes back paused by its link, and says how much has changed since', async () => {
    const page = await timelineAt('&span=10m&paused=2026-11-22T13:58:59.500Z');
    await screen.findByRole('button', { name: 'Resume · 1 waiting' });
    await waitFor(() => expect(counts()).toContain('1 change of 1 object'));
    await page.stream(aChange({ id: 8, name: 'new', time: '2026-11-22T14:00:01.000Z' }));
    act(() => page.clock.pass(300));
    await screen.findByRole('button', { name: 'Resume · 2 waiting' });
    await act(() =>
      page.router.navigate({
        to: '/timeline',
        search: { kinds: 'argoproj.io/v1alpha1/rollouts' } as never,
      }),
    );
    await screen.findByRole('button', { name: 'Pause' });
  });

  it('shows the same as a table', async () => {
    const list = `api/v1/changes?${asked}&class=deleted&class=recreated&class=created&class=deleting&class=spec&class=condition&class=metadata&class=status&from=2026-11-22T13%3A49%3A30.000Z&to=2026-11-22T13%3A59%3A30.000Z&limit=100`;
    await renderApp(`/timeline?${kinds}&span=10m&to=2026-11-22T13:59:30.000Z&view=table`, {
      answers: { [list]: json({ items: [whole] }) },
    });
    const table = await screen.findByRole('table', { name: 'Changes' });
    const row = await within(table).findByRole('row', { name: /spec\.replicas 2 → 5/u });
    expect(within(row).getByText('Spec')).toBeTruthy();
    expect(within(row).getByRole('button', { name: 'checkout' })).toBeTruthy();
  });

  it('says why nothing is there where nothing is watched', async () => {
    const none: Marks = {
      ...marks,
      objects: [],
      id: [],
      time: [],
      within: [],
      object: [],
      of: [],
      manager: [],
      coverage: [],
    };
    await renderApp('/timeline', {
      answers: {
        'api/v1/changes/marks?limit=5000': json(none),
        'api/v1/changes/coverage': json({ items: [] }),
      },
    });
    expect(await screen.findByText('Nothing is watched yet')).toBeTruthy();
  });
});
