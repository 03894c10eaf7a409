import type { InformerInfo } from '@kindscope/protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { json, renderApp } from '../../testing/render-app.tsx';

afterEach(cleanup);

const informer: InformerInfo = {
  resource: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
  kind: 'Rollout',
  freshness: {
    kind: 'forbidden',
    fault: { code: 'forbidden', detail: 'Not allowed.' },
  },
  objects: 1204,
  viewers: 2,
  startedAt: '2026-11-22T13:00:00Z',
  counters: {
    lists: 1,
    watches: 1,
    events: 4321,
    bookmarks: 1,
    relists: 3,
    failures: 5,
    skipped: 0,
  },
  lastFault: {
    code: 'forbidden',
    detail: 'The API server refuses the list of rollouts.',
    remedy: 'kubectl auth can-i list rollouts.argoproj.io',
    at: '2026-11-22T13:59:00Z',
  },
};

describe('the status page', () => {
  it('shows each informer, its error and the line to type', async () => {
    await renderApp('/status', { answers: { 'api/v1/informers': json({ items: [informer] }) } });
    const row = await screen.findByRole('row', { name: /^Rollout/ });
    expect(row.textContent).toContain('Forbidden');
    expect(row.textContent).toContain('1,204');
    expect(row.textContent).toContain('4,321');
    expect(row.textContent).toContain('Not yet');
    expect(screen.getByText(/refuses the list of rollouts/)).toBeTruthy();
    expect(screen.getByText('kubectl auth can-i list rollouts.argoproj.io')).toBeTruthy();
  });

  it('tells what is watched by its metadata alone, below the rest', async () => {
    const metadata = { ...informer, metadataOnly: true, lastFault: undefined };
    const items = [metadata, { ...metadata, metadataOnly: undefined }];
    await renderApp('/status', { answers: { 'api/v1/informers': json({ items }) } });
    const rows = await screen.findAllByRole('row', { name: /^Rollout/ });
    expect(rows.map((row) => row.textContent.includes('metadata'))).toEqual([false, true]);
  });

  it('says what it is connected to, and as whom', async () => {
    const { peer, settle } = await renderApp('/status');
    peer().welcome();
    await settle();
    for (const fact of ['https://10.0.0.1:6443', 'v1.36.3', 'one@example.com', 'Connected']) {
      expect((await screen.findAllByText(fact)).length).toBeGreaterThan(0);
    }
  });

  it('says why nothing is watched', async () => {
    await renderApp('/status');
    expect(await screen.findByText('Nothing is watched')).toBeTruthy();
  });

  it('says when the informers cannot be shown, and why', async () => {
    const problem = { code: 'internal', detail: 'It broke.' };
    await renderApp('/status', { answers: { 'api/v1/informers': json(problem, 400) } });
    expect(await screen.findByText('It broke.')).toBeTruthy();
  });
});
