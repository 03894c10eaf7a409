import type { Page } from '@playwright/test';
import { pixelsOf } from '../fixtures/pixels.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'paint.e2e.example.com';
const gvr = `${group}/v1/widgets`;

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply([widget(group, 'one')]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

const workerFile = /paint-worker/;

test('marks are painted by a worker, in the colours of the theme, also when it changes', async ({
  app,
  cluster,
}) => {
  await openTimeline(app);
  await cluster.editor.patch(widgetRef(group, 'one'), { spec: { size: 2 } });
  await expectMark(app);
  expect(app.workers().map((worker) => worker.url())).toEqual([expect.stringMatching(workerFile)]);
  const before = await specColor(app);
  await app.emulateMedia({ colorScheme: 'dark' });
  expect(await specColor(app)).not.toBe(before);
  await expectMark(app);
  await app.setViewportSize({ width: 900, height: 700 });
  await expectMark(app);
  // Another timeline has another painter, and the one before ends with its page.
  await app.getByRole('link', { name: 'Catalogue' }).click();
  await expect.poll(() => app.workers()).toHaveLength(0);
  await app.goBack();
  await expectMark(app);
});

test('marks are painted by the page where no worker is let in', async ({ app, cluster }) => {
  await app.route(workerFile, (route) => route.abort());
  await openTimeline(app);
  await cluster.editor.patch(widgetRef(group, 'one'), { spec: { size: 3 } });
  await expectMark(app);
  expect(app.workers()).toHaveLength(0);
});

const lanes = (page: Page) => page.getByRole('application', { name: 'Timeline of changes' });

async function openTimeline(page: Page): Promise<void> {
  await page.goto(`/timeline?kinds=${encodeURIComponent(gvr)}&span=1m`);
  await expect(page.getByLabel('Freshness')).toContainText('Live');
}

/** At least a good part of one glyph's pixels are of its very colour; those at its rim are mixed. */
async function expectMark(page: Page): Promise<void> {
  await expect.poll(async () => pixelsOf(lanes(page), await specColor(page))).toBeGreaterThan(20);
}

/** The colour of the class in the legend. */
async function specColor(page: Page): Promise<string> {
  const glyph = page.getByRole('button', { name: 'Spec' }).locator('svg');
  return glyph.evaluate((svg) => getComputedStyle(svg).color);
}
