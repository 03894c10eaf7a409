import type { ChangeList, CoverageList } from '@kindscope/protocol';
import type { Page, WebSocketRoute } from '@playwright/test';
import { readFeed } from '../fixtures/feed.ts';
import type { Kindscope } from '../fixtures/kindscope.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'honesty.e2e.example.com';
const gvr = `${group}/v1/widgets`;

test.beforeAll(async ({ cluster }) => {
  const names = Array.from({ length: 30 }, (_, index) => `w${index}`);
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply(names.map((name) => widget(group, name)));
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

test('an API server that restarts again and again brings no change that did not happen', async ({
  app,
  cluster,
  kindscope,
}) => {
  test.setTimeout(120_000);
  await app.goto(`/r/${gvr}`);
  const freshness = app.getByLabel('Freshness');
  await expect(freshness).toContainText('Live');
  await cluster.editor.patch(widgetRef(group, 'w1'), { spec: { size: 2 } });
  await expect.poll(() => versionsOf(kindscope)).toHaveLength(1);
  const before = await versionsOf(kindscope);
  for (let turn = 0; turn < 3; turn += 1) {
    await cluster.stopApiServer();
    await expect(freshness).toContainText('Stale since');
    await cluster.startApiServer();
    await expect(freshness).toContainText('Live', { timeout: 20_000 });
  }
  expect(await versionsOf(kindscope)).toEqual(before);
  await cluster.editor.patch(widgetRef(group, 'w2'), { spec: { size: 3 } });
  await expect.poll(() => versionsOf(kindscope)).toHaveLength(2);
  // A real server forgets the past with its process, mostly: where it did, the time away is said to
  // be unknown.
  const { blind, watched } = await coverageOf(kindscope);
  expect(watched).toBe(true);
  const away = blind.filter(({ reason }) => reason === 'away');
  expect(away.length).toBeGreaterThanOrEqual(cluster.kind === 'control-plane' ? 1 : 0);
  expect(away.length).toBeLessThanOrEqual(cluster.kind === 'control-plane' ? 3 : 0);
});

test('a page that was cut off for twenty seconds shows afterwards what happened meanwhile, once', async ({
  page,
  cluster,
  kindscope,
}) => {
  test.setTimeout(120_000);
  const timeline = await page.context().newPage();
  const lines = [await takeHoldOfSocket(page), await takeHoldOfSocket(timeline)];
  await page.goto(kindscope.url);
  await page.goto(`/r/${gvr}?namespace=default`);
  await expect(page.getByLabel('Freshness')).toContainText('Live');
  await cluster.editor.patch(widgetRef(group, 'w3'), { spec: { size: 103 } });
  await expect(page.getByRole('article').filter({ hasText: 'spec.size1103' })).toHaveCount(1);

  const kinds = encodeURIComponent(gvr);
  await timeline.goto(`${kindscope.origin}/timeline?kinds=${kinds}&namespace=default&span=1h`);
  const onTimeline = async () =>
    changesIn(await timeline.getByLabel('Counts').textContent({ timeout: 1000 }));
  const before = (await versionsOf(kindscope)).length;
  await expect.poll(onTimeline).toBe(before);
  await expect(timeline.getByLabel('Freshness')).toContainText('Live');

  for (const line of lines) line.cut();
  await expect(page.getByLabel('Freshness')).toContainText('Stale since');
  const changed = Array.from({ length: 20 }, (_, index) => index + 4);
  for (const n of changed) {
    await cluster.editor.patch(widgetRef(group, `w${n}`), { spec: { size: 100 + n } });
  }
  await page.waitForTimeout(20_000);
  for (const line of lines) line.mend();
  await expect(page.getByLabel('Freshness')).toContainText('Live', { timeout: 20_000 });
  await expect(page.getByRole('article').filter({ hasText: 'spec.size1123' })).toBeVisible();
  const entries = await readFeed(page);
  // Before and after stand beside each other.
  const shown = [3, ...changed].map(
    (n) => entries.filter((text) => text.includes(`spec.size1${100 + n}`)).length,
  );
  expect(shown).toEqual(Array.from({ length: 21 }, () => 1));
  await expect.poll(onTimeline, { timeout: 20_000 }).toBe(before + changed.length);
  await timeline.close();
});

/** Of `1,021 changes of 50 objects in view`. */
function changesIn(text: string | null): number {
  return Number(/([\d,]+) changes?/u.exec(text ?? '')?.[1]?.replaceAll(',', ''));
}

/** Lets the page's socket be cut, and keeps it from coming back until it is mended. */
async function takeHoldOfSocket(page: Page) {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/api\/v1\/stream/, (socket) => {
    if (isCut) return void socket.close({ code: 4000 });
    open.add(socket);
    socket.connectToServer();
  });
  return {
    cut() {
      isCut = true;
      for (const socket of open) void socket.close({ code: 4000 });
      open.clear();
    },
    mend() {
      isCut = false;
    },
  };
}

async function ask<Body>(server: Kindscope, path: string): Promise<Body> {
  const headers = { authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${server.origin}/api/v1/${path}`, { headers });
  expect(answer.ok, path).toBe(true);
  return (await answer.json()) as Body;
}

async function versionsOf(server: Kindscope): Promise<(string | undefined)[]> {
  const { items } = await ask<ChangeList>(server, `changes?resource=${gvr}&limit=1000`);
  return items.map(({ to }) => to);
}

async function coverageOf(server: Kindscope) {
  const { items } = await ask<CoverageList>(server, `changes/coverage?resource=${gvr}`);
  const [coverage] = items;
  if (coverage === undefined) throw new Error('nothing is known of the resource');
  return coverage;
}
