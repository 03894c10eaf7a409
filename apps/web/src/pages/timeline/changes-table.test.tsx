import type { Marks } from '@kindscope/protocol';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, renderApp } from '../../testing/render-app.tsx';
import { aChange } from '../../ui/changes/testing.ts';
import { clockTime } from '../../ui/time.ts';
import { layOut } from '../testing/render-at.tsx';

const kinds = 'kinds=argoproj.io%2Fv1alpha1%2Frollouts';
const url = `/timeline?${kinds}&classes=spec&span=10m&to=2026-11-22T13:59:30.000Z&view=table`;
const page = (more = '') =>
  `api/v1/changes?resource=argoproj.io%2Fv1alpha1%2Frollouts&class=spec&from=2026-11-22T13%3A49%3A30.000Z&to=2026-11-22T13%3A59%3A30.000Z&limit=100${more}`;

beforeEach(layOut);
afterEach(cleanup);

const none: Marks = {
  objects: [],
  managers: [],
  classes: [],
  id: [],
  time: [],
  within: [],
  object: [],
  of: [],
  manager: [],
  conditions: [],
  lastId: 0,
  coverage: [
    {
      resource: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
      since: '2026-11-22T13:50:00.000Z',
      watched: true,
      blind: [{ from: '2026-11-22T13:52:00.000Z', to: '2026-11-22T13:53:00.000Z', reason: 'away' }],
    },
  ],
};

describe('the changes as a table', () => {
  it('says of which times not all is known, as the lanes hatch them', async () => {
    const marks = 'api/v1/changes/marks?resource=argoproj.io%2Fv1alpha1%2Frollouts&limit=5000';
    await renderApp(url, { answers: { [marks]: json(none), [page()]: json({ items: [] }) } });
    const list = await screen.findByRole('list', { name: 'Not all is known' });
    const time = (text: string) => clockTime(`2026-11-22T${text}.000Z`);
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([
      `${time('13:52:00')} – ${time('13:53:00')} could not be watched rollouts.argoproj.io`,
      `${time('13:49:30')} – ${time('13:50:00')} not watched rollouts.argoproj.io`,
    ]);
  });

  it('gives the time in which something happened that a relist found', async () => {
    const change = aChange({
      seen: 'relist',
      classes: ['spec'],
      notBefore: '2026-11-22T13:52:00.000Z',
      time: '2026-11-22T13:53:00.000Z',
    });
    await renderApp(url, { answers: { [page()]: json({ items: [change] }) } });
    const [cell] = await screen.findAllByRole('cell');
    const [from, to] = [change.notBefore ?? '', change.time].map(clockTime);
    expect(cell?.textContent).toBe(`${from} – ${to}, found by a relist`);
  });

  it('names the class that is shown, though the change has another one before it', async () => {
    const change = aChange({ classes: ['created', 'spec'] });
    await renderApp(url, { answers: { [page()]: json({ items: [change] }) } });
    const [, shown] = await screen.findAllByRole('cell');
    expect(shown?.textContent).toBe('Spec');
  });

  it('counts what came, which may be less than it asked for', async () => {
    const spec = (name: string) => aChange({ name, classes: ['spec'] });
    await renderApp(url, {
      answers: {
        [page()]: json({ items: [spec('c'), spec('b')], continue: 'older' }),
        [page('&continue=older')]: json({ items: [spec('a')] }),
      },
    });
    expect(await screen.findByText('1 – 2, newest first')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(screen.queryByText(/101/u)).toBeNull();
    await waitFor(() => expect(screen.getByText('3 – 3, newest first')).toBeTruthy());
    fireEvent.click(screen.getByRole('button', { name: 'Newer' }));
    expect(await screen.findByText('1 – 2, newest first')).toBeTruthy();
  });
});
