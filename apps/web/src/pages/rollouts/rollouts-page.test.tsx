import type { DemoScenario, RollingItem } from '@kindscope/protocol';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { clusterInfo, json, renderApp, type Answers } from '../../testing/render-app.tsx';

afterEach(cleanup);

const resource = { group: 'apps', version: 'v1', resource: 'deployments' };
/** Two minutes and three seconds before the test's now. */
const since = Date.parse('2026-11-22T13:57:57.000Z');

function item(name: string, over: Partial<RollingItem> = {}): RollingItem {
  return {
    uid: name,
    resource,
    kind: 'Deployment',
    namespace: 'shop',
    name,
    state: { kind: 'progressing', since },
    ...over,
  };
}

/** The page, with what rolls once it is given. */
async function rollouts(options: Parameters<typeof renderApp>[1] = {}, path = '/rollouts') {
  const app = await renderApp(path, options);
  app.peer().welcome();
  await app.settle();
  const show = async (items: readonly RollingItem[], lacks: { detail: string }[] = []) => {
    const id = app
      .peer()
      .received.find((message) => message.type === 'subscribe' && message.view === 'rolling')?.id;
    if (id === undefined) throw new Error('nobody asked for what is rolling');
    const frame = { stream: 5, epoch: 'e', seq: 1 };
    await act(async () => {
      app.peer().send({ type: 'attached', id, stream: 5, resumed: false });
      app.peer().send({ type: 'begin', ...frame, reset: false, freshness: { kind: 'live' } });
      app.peer().send({
        type: 'rolling',
        ...frame,
        items: [...items],
        removed: [],
        kinds: [resource],
        lacks: lacks.map(({ detail }) => ({ fault: { code: 'forbidden', detail } })),
      });
      app.peer().send({ type: 'end', ...frame });
    });
    await app.settle();
  };
  return { ...app, show };
}

const rows = () =>
  screen
    .getAllByRole('row')
    .map((row) => row.textContent ?? '')
    .slice(1);

describe('the Rollouts page', () => {
  it('shows what needs somebody first, each with its state, since when, and why', async () => {
    const { show } = await rollouts();
    await show([
      item('done', { state: { kind: 'healthy', since } }),
      item('web', { ready: { is: 3, of: 5 } }),
      item('checkout', { state: { kind: 'stuck', since, reason: '2 pods restart' } }),
    ]);
    expect(rows()).toEqual([
      'Needs somebody1 object',
      'Deployment in shop checkoutshopStuck 2 min 3 s2 pods restart',
      'Under way1 object',
      'Deployment in shop webshopProgressing 2 min 3 s3/5',
      'Through, within the last ten minutes1 object',
      'Deployment in shop doneshopHealthy 2 min 3 s',
    ]);
    expect(screen.getByRole('link', { name: 'checkout' }).getAttribute('href')).toBe(
      '/rollout/apps/v1/deployments/shop/checkout',
    );
    expect(screen.getByText('stuck or failed').textContent).toBe('1 stuck or failed');
  });

  it('says in the navigation how many roll, while the page is open', async () => {
    const { show } = await rollouts();
    const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(pages.getByRole('link', { name: 'Rollouts' })).toBeTruthy();
    await show([item('web'), item('done', { state: { kind: 'healthy', since } })]);
    expect(pages.getByRole('link', { name: /^Rollouts ?1$/u })).toBeTruthy();
  });

  it('says why it is empty, and what may be missing', async () => {
    const { show } = await rollouts();
    expect(screen.getByRole('heading', { name: 'Looking at what rolls' })).toBeTruthy();
    await show([], [{ detail: 'Jobs may not be listed.' }]);
    expect(screen.getByRole('heading', { name: 'Nothing is rolling' })).toBeTruthy();
    expect(screen.getByRole('note').textContent).toContain('Jobs may not be listed.');
  });

  it('obeys the search in the address', async () => {
    const { show, router } = await rollouts({}, '/rollouts?q=stuck');
    await show([item('web'), item('checkout', { state: { kind: 'stuck', since } })]);
    expect(rows()).toHaveLength(2);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing' } });
    expect(await screen.findByText('Nothing that is rolling matches “nothing”')).toBeTruthy();
    expect(router.state.location.search).toEqual({ q: 'nothing' });
  });
});

const story: DemoScenario = {
  name: 'stuck',
  title: 'A rollout that gets stuck',
  description: 'The new container does not start.',
  state: 'idle',
  subjects: [{ resource, namespace: 'shop', name: 'checkout' }],
};

describe('the stories of the demo', () => {
  const demo = (answers: Answers): Answers => ({
    'api/v1/cluster': json({ ...clusterInfo, embedded: true }),
    'api/v1/demo': json({ items: [story] }),
    ...answers,
  });

  it('are played at a click, and say how they go', async () => {
    let told = story;
    const { asked } = await rollouts({
      answers: demo({
        'api/v1/demo': () => Response.json({ items: [told] }),
        'api/v1/demo/stuck': () => {
          told = { ...story, state: 'running', message: 'The image changes.' };
          return Response.json(told, { status: 202 });
        },
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Play: A rollout that gets stuck' }));
    expect(await screen.findByText('The image changes.')).toBeTruthy();
    expect(asked).toContain('POST api/v1/demo/stuck');
    expect(screen.getByRole('link', { name: 'Watch checkout' }).getAttribute('href')).toBe(
      '/rollout/apps/v1/deployments/shop/checkout',
    );
  });

  it('are ended at a click while they are played', async () => {
    const running = { ...story, state: 'running' };
    const { asked } = await rollouts({
      answers: demo({
        'api/v1/demo': json({ items: [running] }),
        'api/v1/demo/stuck': json(story, 202),
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'End: A rollout that gets stuck' }));
    expect(await screen.findByRole('button', { name: /^(Play|End): /u })).toBeTruthy();
    expect(asked).toContain('DELETE api/v1/demo/stuck');
  });

  it('say why one cannot be played', async () => {
    await rollouts({
      answers: demo({
        'api/v1/demo/stuck': json({ code: 'x', detail: 'The demo has ended.' }, 502),
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Play: A rollout that gets stuck' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The demo has ended.');
  });

  it('are not asked for with a cluster that is another', async () => {
    const { asked, show } = await rollouts();
    await show([]);
    expect(asked).not.toContain('GET api/v1/demo');
    expect(screen.queryByText('Stories of the demo')).toBeNull();
  });
});
