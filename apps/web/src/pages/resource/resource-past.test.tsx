import type { Density } from '@kindscope/protocol';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, renderApp } from '../../testing/render-app.tsx';
import { resourceInfo } from '../../testing/resource-info.ts';
import { aChange } from '../../ui/changes/testing.ts';
import { layOut, live, renderAt } from '../testing/render-at.tsx';

const url = '/r/demo.example.io/v1/widgets';
const resource = { group: 'demo.example.io', version: 'v1', resource: 'widgets' };
const begin = { type: 'begin', reset: false, freshness: live } as const;

beforeEach(layOut);
afterEach(cleanup);

/** Five minutes to the next 2.5 s, as the live store's clock (14:00:00) has it. */
const strip =
  'api/v1/changes/density?resource=demo.example.io%2Fv1%2Fwidgets&from=2026-11-22T13%3A55%3A02.500Z&to=2026-11-22T14%3A00%3A02.500Z&buckets=120';
const density: Density = {
  from: '2026-11-22T13:55:02.500Z',
  to: '2026-11-22T14:00:02.500Z',
  classes: ['spec'],
  counts: [Array.from({ length: 120 }, (_, index) => (index === 60 ? 3 : 0))],
  lastId: 0,
  changes: 3,
  objects: 1,
  coverage: [{ resource, since: '2026-11-22T13:58:00Z', watched: true, blind: [] }],
};

describe('the strip above the table', () => {
  it('counts what the server knows and what the feed brings, and hatches what was not watched', async () => {
    const page = await renderAt(url, { [strip]: density });
    await page.send('changes', begin, { type: 'end' });
    expect(await screen.findByRole('img', { name: /^3 changes over time/u })).toBeTruthy();
    expect(screen.getByText('not watched', { selector: 'text' })).toBeTruthy();
    const change = aChange({ time: '2026-11-22T14:00:00.000Z' });
    await page.send('changes', { type: 'changes', changes: [change] });
    expect(screen.getByRole('img', { name: /^4 changes over time/u })).toBeTruthy();
  });
});

describe('a time that is chosen', () => {
  const time = 'from=2026-11-22T13%3A57%3A00.000Z&to=2026-11-22T13%3A58%3A00.000Z';
  const past = (more = '') =>
    `api/v1/changes?resource=demo.example.io%2Fv1%2Fwidgets${more}&${time}&limit=1000`;

  it('shows its changes in place of the live ones, by the link alone, and goes back', async () => {
    const items = [aChange({ name: 'then' })];
    const page = await renderAt(`${url}?${time}`, { [past()]: { items } });
    await page.send(
      'changes',
      begin,
      { type: 'changes', changes: [aChange({ name: 'now' })] },
      {
        type: 'end',
      },
    );
    const feed = () => within(screen.getByRole('feed'));
    await waitFor(() => expect(feed().getByText('then')).toBeTruthy());
    expect(feed().queryByText('now')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Back to live' }));
    await waitFor(() => expect(feed().getByText('now')).toBeTruthy());
    expect(page.search().has('from')).toBe(false);
  });

  it('says how many came where the server has more than it gives at once', async () => {
    const items = [aChange({ name: 'one' }), aChange({ name: 'other' })];
    await renderAt(`${url}?${time}`, { [past()]: { items, continue: '1' } });
    expect(await screen.findByText(/^The newest 2 of this time/u)).toBeTruthy();
  });

  it('is narrowed as the page is, and says what it cannot be narrowed by', async () => {
    const narrow = past('&labelSelector=tier%3Dweb');
    await renderAt(`${url}?labels=tier%3Dweb&fields=spec.x%3D1&${time}`, {
      [narrow]: { items: [] },
    });
    expect(await screen.findByText(/Nothing changed in this time/u)).toBeTruthy();
    expect(screen.getByText(/Not narrowed by fields/u)).toBeTruthy();
  });
});

describe('a pin', () => {
  it('is set and taken back, and stands in the navigation while it is', async () => {
    let pinned = false;
    const pin = (set: boolean) => () => {
      pinned = set;
      return new Response(null, { status: 204 });
    };
    const path = 'api/v1/watching/demo.example.io/v1/widgets';
    const item = { resource, by: 'pin', freshness: { kind: 'live' } };
    const { peer, sendCatalogue, asked } = await renderApp(url, {
      answers: {
        'api/v1/watching': () => json({ items: pinned ? [item] : [] })(),
        [path]: (init) => pin(init?.method === 'PUT')(),
      },
    });
    act(() => peer().welcome());
    await sendCatalogue([resourceInfo({ watch: 'live' })]);
    const links = () =>
      screen.queryAllByRole('link', { name: /^Widget/u }).map((link) => link.textContent);
    expect(links()).toEqual(['Widget, watched']);
    fireEvent.click(await screen.findByRole('button', { name: 'Pin' }));
    const set = await screen.findByRole('button', { name: 'Pinned' });
    expect(links()).toEqual(['Widget, pinned']);
    fireEvent.click(set);
    await screen.findByRole('button', { name: 'Pin' });
    expect(asked.filter((one) => one.endsWith(path))).toEqual([`PUT ${path}`, `DELETE ${path}`]);
  });

  it('by flag cannot be taken back from here', async () => {
    const item = { resource, by: 'flag', freshness: { kind: 'live' } };
    await renderAt(url, { 'api/v1/watching': { items: [item] } });
    const button = await screen.findByRole('button', { name: 'Pinned' });
    expect(button).toHaveProperty('disabled', true);
  });
});
