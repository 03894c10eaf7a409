// How the page looks does not depend on the cluster: one of them is enough.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { articles, goLive, slider, strip } from '../fixtures/history-page.ts';
import { ownerOf, settings, settingsRef } from '../fixtures/owned.ts';
import { rolloutPath } from '../fixtures/rollout-page.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'pages.e2e.example.com';
const pages = {
  catalogue: '/',
  resource: `/r/${group}/v1/widgets`,
  object: `/r/${group}/v1/widgets/o/default/one`,
  timeline: `/timeline?kinds=${encodeURIComponent(`${group}/v1/widgets`)}`,
  rollout: rolloutPath({ resource: `${group}/v1/widgets`, namespace: 'default', name: 'one' }),
  rollouts: '/rollouts',
  status: '/status',
};

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply([widget(group, 'one', { labels: { app: 'one' } })]);
  const owner = await ownerOf(cluster, widgetRef(group, 'one'), 'Widget', `${group}/v1`);
  await cluster.editor.apply([settings('settings', owner)]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(settingsRef('settings'));
  await cluster.editor.remove(crdRef(group));
});

for (const [name, path] of Object.entries(pages)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the ${name} page has no accessibility fault in the ${colorScheme} theme`, async ({
      app,
    }) => {
      await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await app.goto(path);
      await expect(app.getByLabel('Freshness')).toContainText('Live');
      expect(await faultsOf(app)).toEqual([]);
    });
  }

  test(`the ${name} page does not scroll sideways at 390 px`, async ({ app }) => {
    await app.setViewportSize({ width: 390, height: 844 });
    await app.goto(path);
    await expect(app.getByLabel('Freshness')).toContainText('Live');
    const widths = await app.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(widths[0]).toBe(widths[1]);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a chosen time and a comparison have no accessibility fault in the ${colorScheme} theme`, async ({
    app,
    cluster,
  }) => {
    await cluster.editor.apply([widget(group, 'seen')]);
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goLive(app, `${pages.resource}/o/default/seen`);
    for (const size of [2, 3, 4, 5]) {
      await cluster.editor.patch(widgetRef(group, 'seen'), {
        spec: { size: size + (colorScheme === 'dark' ? 10 : 0) },
      });
    }
    await expect(app.getByRole('button', { name: /^×/u }).first()).toBeVisible();
    expect(await faultsOf(app)).toEqual([]);
    await slider(app).focus();
    await slider(app).press('ArrowLeft');
    await expect(app.getByText('What differs')).toBeVisible();
    expect(await faultsOf(app)).toEqual([]);
    await goLive(app, pages.resource);
    await strip(app).getByRole('button', { name: 'Choose a time' }).focus();
    await app.keyboard.press('Enter');
    await expect(articles(app).first()).toBeVisible();
    expect(await faultsOf(app)).toEqual([]);
  });
}

/** What breaks a rule of accessibility, with the first place where it does. */
async function faultsOf(app: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: app }).analyze();
  return violations.map((found) => `${found.id}: ${found.nodes[0]?.html}`);
}
