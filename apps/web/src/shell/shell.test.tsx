import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { clusterInfo, json, renderApp } from '../testing/render-app.tsx';
import { resourceInfo } from '../testing/resource-info.ts';
import { clockTime } from '../ui/time.ts';
import { tokenOf } from './token-page.tsx';

afterEach(cleanup);

const freshness = () => screen.getByLabelText('Freshness').textContent;

describe('the shell', () => {
  it('says live and where, once it is', async () => {
    const { peer, sendCatalogue } = await renderApp('/');
    peer().welcome();
    await sendCatalogue([]);
    expect(freshness()).toBe('Live');
    expect(await screen.findByText('prod-eu-1')).toBeTruthy();
  });

  it('keeps what it shows when the connection is lost, says so at once, and tries again when asked', async () => {
    const { peer, peers, sendCatalogue, settle } = await renderApp('/');
    peer().welcome();
    await sendCatalogue([resourceInfo({ kind: 'Widget' })]);
    peer().close();
    await settle();
    expect(freshness()).toBe(`Stale since ${clockTime('2026-11-22T14:00:00.000Z')}`);
    expect(screen.getByRole('link', { name: 'Widget' })).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('is lost');
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(peers).toHaveLength(2);
  });

  it('shows on every page why the cluster cannot be reached, and the remedy', async () => {
    const { peer, settle } = await renderApp('/status');
    const fault = { code: 'tls', detail: 'The certificate is not trusted.', remedy: 'Add the CA.' };
    const since = '2026-11-22T13:59:00.000Z';
    peer().welcome({ cluster: { kind: 'unreachable', since, fault } });
    await settle();
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(fault.detail);
    expect(alert.textContent).toContain(fault.remedy);
    expect(freshness()).toBe(`Stale since ${clockTime(since)}`);
  });

  it('says plainly that it shows the demo, and how kubectl reaches it', async () => {
    const kubeconfig = '/tmp/a demo/kubeconfig';
    await renderApp('/', {
      answers: { 'api/v1/cluster': json({ ...clusterInfo, embedded: true, kubeconfig }) },
    });
    expect(await screen.findByText(/embedded demo cluster/)).toBeTruthy();
    expect(screen.getByText(`kubectl --kubeconfig '${kubeconfig}' get crd`)).toBeTruthy();
  });

  it('asks for the token, says when it is wrong, and goes on with the right one', async () => {
    let signedIn = false;
    const answers = {
      'api/v1/cluster': () =>
        signedIn
          ? Response.json(clusterInfo)
          : Response.json({ code: 'unauthorized', detail: 'Token.' }, { status: 401 }),
      'api/v1/session': (init: RequestInit | undefined) => {
        signedIn = init?.body === '{"token":"right"}';
        return signedIn
          ? new Response(null, { status: 204 })
          : Response.json({ code: 'unauthorized', detail: 'Not the token.' }, { status: 401 });
      },
    };
    const { peers, settle } = await renderApp('/', { answers });
    const field = await screen.findByLabelText('Token');
    const enter = (text: string) => {
      fireEvent.change(field, { target: { value: text } });
      fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    };
    enter('wrong');
    expect((await screen.findByRole('alert')).textContent).toContain('Not the token.');
    enter('http://127.0.0.1:7373/?token=right');
    await waitFor(() => expect(peers.length).toBeGreaterThan(1));
    peers.at(-1)?.welcome();
    await settle();
    expect(await screen.findByLabelText('Freshness')).toBeTruthy();
  });

  it('takes the token from a pasted address', () => {
    expect(tokenOf(' http://127.0.0.1:7373/?token=abc ')).toBe('abc');
    expect(tokenOf('abc')).toBe('abc');
    expect(tokenOf('http://127.0.0.1:7373/')).toBe('http://127.0.0.1:7373/');
  });

  it('names what is near an address that leads nowhere', async () => {
    const { peer, sendCatalogue } = await renderApp('/kinds/rollouts');
    peer().welcome();
    await sendCatalogue([
      resourceInfo({ group: 'argoproj.io', resource: 'rollouts', kind: 'Rollout' }),
    ]);
    const link = screen.getByRole('link', { name: 'Rollout' });
    expect(link.getAttribute('href')).toBe('/r/argoproj.io/v1/rollouts');
    expect(
      screen.getByRole('heading', { name: 'There is no page at /kinds/rollouts' }),
    ).toBeTruthy();
  });
});
