import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderApp, json } from '../../testing/render-app.tsx';
import { resourceInfo } from '../../testing/resource-info.ts';

afterEach(cleanup);

const rollout = resourceInfo({
  group: 'argoproj.io',
  resource: 'rollouts',
  kind: 'Rollout',
  shortNames: ['ro'],
  version: 'v1alpha1',
  versions: ['v1alpha1'],
  count: { value: 1204, source: 'request', at: '2026-11-22T13:59:00Z' },
});
const certificate = resourceInfo({
  group: 'cert-manager.io',
  resource: 'certificates',
  kind: 'Certificate',
  versions: ['v1', 'v1alpha2'],
  watch: 'live',
  rate: [0, 0, 3, 2],
  crd: {
    name: 'certificates.cert-manager.io',
    created: '2026-11-22T13:00:00Z',
    conversion: 'Webhook',
    versions: [
      { name: 'v1', served: true, storage: true, deprecated: false },
      { name: 'v1alpha2', served: true, storage: false, deprecated: true },
      { name: 'v1alpha1', served: false, storage: false, deprecated: false },
    ],
    health: { status: 'failing', reason: 'Names not accepted', message: 'plural is taken' },
  },
});
const pod = resourceInfo({ group: '', resource: 'pods', kind: 'Pod', crd: undefined });

async function open(path = '/') {
  const app = await renderApp(path);
  app.peer().welcome();
  await app.sendCatalogue([rollout, certificate, pod]);
  return app;
}

function row(kind: string) {
  return screen.getByRole('row', { name: new RegExp(`^${kind}`) });
}

describe('the catalogue page', () => {
  it('shows the custom kinds, each with what is known of it and no more', async () => {
    await open();
    expect(row('Rollout').textContent).toContain('rollouts · ro');
    expect(row('Rollout').textContent).toContain('1,204, counted at');
    expect(row('Rollout').textContent).toContain('Not watched');
    expect(within(row('Rollout')).queryByRole('img')).toBeNull();
    expect(within(row('Certificate')).getByRole('img').getAttribute('aria-label')).toBe(
      '5 changes in the last hour, at most 3 in a minute',
    );
    expect(row('Certificate').textContent).toContain('Names not accepted');
    expect(screen.queryByRole('row', { name: /^Pod/ })).toBeNull();
  });

  it('says in full what is wrong with a CRD', async () => {
    await open();
    expect(screen.getByRole('row', { name: 'plural is taken' })).toBeTruthy();
  });

  it('marks versions in words', async () => {
    await open();
    const { textContent } = row('Certificate');
    for (const mark of ['v1, stored', 'v1alpha2deprecated', 'v1alpha1not served']) {
      expect(textContent).toContain(mark);
    }
  });

  it('follows a CRD that is installed and one that is deleted', async () => {
    const { peer, settle } = await open();
    const widget = resourceInfo({ kind: 'Widget' });
    const frame = { stream: 1, epoch: 'c' };
    peer().send({ type: 'catalog', ...frame, seq: 2, items: [widget], removed: [rollout.id] });
    await settle();
    expect(row('Widget').textContent).toContain('Established');
    expect(screen.queryByRole('row', { name: /^Rollout/ })).toBeNull();
  });

  it('obeys the address: the search and the switch', async () => {
    await open('/?q=po&show=built-in');
    expect(row('Pod')).toBeTruthy();
    expect(screen.getByRole('searchbox')).toHaveProperty('value', 'po');
    expect(screen.getByRole('button', { name: 'Built in 1' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
  });

  it('narrows while one types, and writes it into the address', async () => {
    const { router, settle } = await open();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'cert' } });
    await settle();
    expect(screen.queryByRole('row', { name: /^Rollout/ })).toBeNull();
    expect(row('Certificate')).toBeTruthy();
    expect(router.state.location.search).toEqual({ q: 'cert' });
  });

  it('says why it is empty and what is on the other side of the switch', async () => {
    await open('/?q=pod');
    expect(screen.getByText('No custom kind matches “pod”')).toBeTruthy();
    expect(screen.getByRole('link', { name: '1 built-in kind matches' })).toBeTruthy();
  });

  it('says that nothing is known while the cluster has never answered, and why once', async () => {
    const fault = { code: 'network', detail: 'Nothing answers.' };
    const app = await renderApp('/', {
      answers: { 'api/v1/resources': json({ items: [], faults: [fault] }) },
    });
    const since = '2026-11-22T14:00:00Z';
    app.peer().welcome({ cluster: { kind: 'unreachable', since, fault } });
    await app.sendCatalogue([]);
    expect(await screen.findByText('Nothing is known of this cluster yet')).toBeTruthy();
    await waitFor(() => expect(app.asked).toContain('GET api/v1/resources'));
    await app.settle();
    expect(screen.getAllByText(fault.detail)).toHaveLength(1);
    expect(screen.queryByText(/objects/u)).toBeNull();
  });

  it('says what it lacks with narrow rights', async () => {
    const fault = {
      code: 'crds-forbidden',
      detail: 'CRDs may not be listed.',
      remedy: 'kubectl auth can-i list crd',
    };
    const app = await renderApp('/', {
      answers: { 'api/v1/resources': json({ items: [], faults: [fault] }) },
    });
    app.peer().welcome();
    await app.sendCatalogue([rollout]);
    expect(await screen.findByText(fault.detail)).toBeTruthy();
    expect(screen.getByText(fault.remedy)).toBeTruthy();
  });
});
