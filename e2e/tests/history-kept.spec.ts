import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WatchingList } from '@kindscope/protocol';
import { parseReady, type Kindscope } from '../fixtures/kindscope.ts';
import { startProgram } from '../fixtures/process.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'kept.e2e.example.com';
const page = `/r/${group}/v1/widgets`;
const gvr = `${group}/v1/widgets`;

let state = '';
test.beforeAll(async ({ cluster }) => {
  state = await mkdtemp(path.join(tmpdir(), 'kindscope-e2e-kept-'));
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply([widget(group, 'one')]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
  await rm(state, { recursive: true, force: true });
});

/** The program with what it keeps of former runs. */
async function start(kubeconfig: string, ...args: string[]): Promise<Kindscope> {
  const program = startProgram(
    process.execPath,
    ['scripts/start.ts', '--port', '0', '--kubeconfig', kubeconfig, ...args],
    { KUBECONFIG: undefined, KINDSCOPE_TOKEN: undefined, XDG_STATE_HOME: state },
  );
  const ready = /Kindscope ready: (http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\S+))/u;
  return { ...program, ...parseReady(await program.waitFor(ready, 60_000)) };
}

/** Who keeps the widgets watched, once they are. */
async function keptBy({ origin, token }: Kindscope): Promise<string | undefined> {
  const answer = await fetch(`${origin}/api/v1/watching`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await answer.json()) as WatchingList;
  return items.find(
    ({ resource, freshness }) => resource.group === group && freshness.kind === 'live',
  )?.by;
}

test('a pin outlives the page and the program, and what changed meanwhile is there', async ({
  page: tab,
  cluster,
}) => {
  test.setTimeout(120_000);
  const first = await start(cluster.kubeconfig);
  try {
    await tab.goto(first.url);
    await tab.goto(`${first.origin}${page}`);
    await tab.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(tab.getByRole('button', { name: 'Pinned' })).toBeVisible();
    const nav = tab.getByRole('navigation', { name: 'Pages' });
    await expect(nav.getByRole('link', { name: /Widget/u })).toBeVisible();
    await tab.goto('about:blank');
  } finally {
    await first.interrupt();
  }

  const second = await start(cluster.kubeconfig);
  try {
    await expect.poll(() => keptBy(second), { timeout: 20_000 }).toBe('pin');
    await cluster.editor.patch(widgetRef(group, 'one'), { spec: { size: 41 } });
    await tab.goto(second.url);
    await tab.goto(`${second.origin}${page}`);
    await expect(tab.getByRole('feed').getByRole('article')).toHaveCount(1);
    await expect(tab.getByRole('feed')).toContainText('41');
    await expect(
      tab.getByRole('region', { name: 'Changes over time' }).getByRole('img'),
    ).toHaveAccessibleName(/^1 change over time; not watched /u);
    await tab.getByRole('button', { name: 'Pinned' }).click();
    await expect(tab.getByRole('button', { name: 'Pin', exact: true })).toBeVisible();
    expect(await keptBy(second)).toBeUndefined();
  } finally {
    await second.interrupt();
  }
});

test('what --watch names has a past before anyone looks, and is not unpinned by a page', async ({
  page: tab,
  cluster,
}) => {
  test.setTimeout(90_000);
  const program = await start(cluster.kubeconfig, '--watch', gvr);
  try {
    await expect.poll(() => keptBy(program), { timeout: 20_000 }).toBe('flag');
    await cluster.editor.patch(widgetRef(group, 'one'), { spec: { size: 51 } });
    await cluster.editor.patch(widgetRef(group, 'one'), { spec: { image: 'web:5' } });
    await tab.goto(program.url);
    await tab.goto(`${program.origin}${page}/o/default/one`);
    await expect(tab.getByRole('slider', { name: 'State of the object' })).toHaveAttribute(
      'aria-valuemax',
      '2',
    );
    await tab.goto(`${program.origin}${page}`);
    await expect(tab.getByRole('feed').getByRole('article')).toHaveCount(2);
    await expect(tab.getByRole('button', { name: 'Pinned' })).toBeDisabled();
  } finally {
    await program.interrupt();
  }
});
