import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'resource.e2e.example.com';
const page = `/r/${group}/v1/widgets`;

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

const row = (app: Page, name: string) =>
  app.getByRole('row').filter({ has: app.getByRole('link', { name, exact: true }) });
const feed = (app: Page) => app.getByRole('feed');

test('rows and feed follow objects that are created, changed and deleted', async ({
  app,
  cluster,
}) => {
  await app.goto(page);
  await expect(app.getByLabel('Freshness')).toContainText('Live');
  await cluster.editor.apply([widget(group, 'follow', { spec: { size: 3 } })]);
  await expect(row(app, 'follow')).toContainText('3');
  await expect(feed(app).getByRole('article').filter({ hasText: 'follow' })).toHaveCount(1);

  await cluster.editor.patch(widgetRef(group, 'follow'), { spec: { size: 4 } });
  await expect(row(app, 'follow')).toContainText('4');
  const change = feed(app).getByRole('article').filter({ hasText: 'spec.size' });
  await expect(change).toContainText('follow');
  await expect(change).toContainText('3');
  await expect(change).toContainText('4');
  await expect(change).toContainText('kubectl');

  await cluster.editor.patch(widgetRef(group, 'follow'), { status: { phase: 'Ready' } }, 'status');
  await expect(row(app, 'follow')).toContainText('Ready');
  await expect(feed(app)).toContainText('status.phase');

  await cluster.editor.remove(widgetRef(group, 'follow'));
  await expect(row(app, 'follow')).toHaveCount(0);
  await expect(feed(app).getByRole('article').first()).toContainText(/deleted/i);
});

test('digits that a double cannot hold are shown as the server wrote them', async ({
  app,
  cluster,
}) => {
  await cluster.editor.apply([widget(group, 'digits')]);
  const spec = '{"spec":{"size":1795351674012986412}}';
  await cluster.editor.patch(widgetRef(group, 'digits'), spec);
  await app.goto(page);
  await expect(row(app, 'digits')).toContainText('1795351674012986412');
  await row(app, 'digits').getByRole('link').click();
  await app.getByRole('button', { name: 'YAML' }).click();
  await expect(app.getByText('1795351674012986412')).toBeVisible();
  await cluster.editor.remove(widgetRef(group, 'digits'));
});

test('a selector that is typed rules table, feed and URL', async ({ app, cluster }) => {
  await cluster.editor.apply([
    widget(group, 'web-one', { labels: { app: 'checkout', tier: 'web' } }),
    widget(group, 'api-one', { labels: { app: 'checkout', tier: 'api' } }),
    widget(group, 'bare'),
  ]);
  await app.goto(page);
  await expect(row(app, 'bare')).toBeVisible();
  const bar = app.getByRole('combobox', { name: 'Labels' });
  await bar.click();
  await bar.fill('tier in (web)');
  await bar.press('Enter');
  await expect(row(app, 'bare')).toHaveCount(0);
  await expect(row(app, 'api-one')).toHaveCount(0);
  await expect(row(app, 'web-one')).toBeVisible();
  await expect.poll(() => new URL(app.url()).searchParams.get('labels')).toBe('tier in (web)');

  await cluster.editor.patch(widgetRef(group, 'api-one'), { spec: { size: 77 } });
  await cluster.editor.patch(widgetRef(group, 'web-one'), { spec: { size: 78 } });
  const web = feed(app).getByRole('article').filter({ hasText: 'web-one' });
  await expect(web.filter({ hasText: 'spec.size178' })).toHaveCount(1);
  await expect(feed(app).getByRole('article').filter({ hasText: 'api-one' })).toHaveCount(0);

  await cluster.editor.patch(widgetRef(group, 'web-one'), { metadata: { labels: { tier: 'db' } } });
  await expect(row(app, 'web-one')).toHaveCount(0);
  await expect(feed(app)).toContainText(/left/);
});

test('a selector in the URL is obeyed, and a wrong one is explained', async ({ app, cluster }) => {
  await cluster.editor.apply([
    widget(group, 'green', { labels: { colour: 'green' } }),
    widget(group, 'blue', { labels: { colour: 'blue' } }),
  ]);
  await app.goto(`${page}?labels=${encodeURIComponent('colour!=blue,colour')}`);
  await expect(row(app, 'green')).toBeVisible();
  await expect(row(app, 'blue')).toHaveCount(0);

  const bar = app.getByRole('combobox', { name: 'Labels' });
  await bar.click();
  await bar.fill('colour in (');
  await bar.press('Enter');
  await expect(app.getByRole('alert')).toBeVisible();
  await expect(row(app, 'green')).toBeVisible();
});

test('a resource that does not exist names the nearest that do', async ({ page, kindscope }) => {
  await page.goto(kindscope.url);
  await page.goto(`/r/${group}/v1/widgest`);
  await expect(page.getByRole('main')).toContainText('widgets');
});
