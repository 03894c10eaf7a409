import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd } from '../fixtures/widgets.ts';

const group = 'pages.e2e.example.com';
const pages = {
  catalogue: '/',
  resource: `/r/${group}/v1/widgets`,
  object: `/r/${group}/v1/widgets/o/default/one`,
  status: '/status',
};

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply([widget(group, 'one', { labels: { app: 'one' } })]);
});
test.afterAll(async ({ cluster }) => {
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
      const result = await new AxeBuilder({ page: app }).analyze();
      expect(result.violations.map((found) => `${found.id}: ${found.nodes[0]?.html}`)).toEqual([]);
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

test('a resource that does not exist names the nearest that do', async ({ page, kindscope }) => {
  await page.goto(kindscope.url);
  await page.goto(`/r/${group}/v1/widgest`);
  await expect(page.getByRole('main')).toContainText('widgets');
});
