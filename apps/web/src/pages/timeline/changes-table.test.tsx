import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, renderApp } from '../../testing/render-app.tsx';
import { aChange } from '../../ui/changes/testing.ts';
import { layOut } from '../testing/render-at.tsx';

const kinds = 'kinds=argoproj.io%2Fv1alpha1%2Frollouts';
const url = `/timeline?${kinds}&classes=spec&span=10m&to=2026-11-22T13:59:30.000Z&view=table`;
const page = (more = '') =>
  `api/v1/changes?resource=argoproj.io%2Fv1alpha1%2Frollouts&class=spec&from=2026-11-22T13%3A49%3A30.000Z&to=2026-11-22T13%3A59%3A30.000Z&limit=100${more}`;

beforeEach(layOut);
afterEach(cleanup);

describe('the changes as a table', () => {
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
