import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'outage.e2e.example.com';

test.beforeAll(async ({ cluster }) => {
  const names = ['kept', 'changed-after', 'deleted-after'];
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply(names.map((name) => widget(group, name)));
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

test('a dead API server is said at once, and a restarted one brings no invented change', async ({
  app,
  cluster,
}) => {
  test.setTimeout(120_000);
  await app.goto(`/r/${group}/v1/widgets`);
  const freshness = app.getByLabel('Freshness');
  const rows = app.getByRole('row').filter({ has: app.getByRole('link') });
  const articles = app.getByRole('feed').getByRole('article');
  await expect(rows).toHaveCount(3);
  await expect(freshness).toContainText('Live');
  await cluster.editor.patch(widgetRef(group, 'kept'), { spec: { size: 2 } });
  await expect(articles.filter({ hasText: 'spec.size' })).toHaveCount(1);
  const before = await articles.count();

  await cluster.stopApiServer();
  await expect(freshness).toContainText('Stale since', { timeout: 3_000 });
  await expect(rows).toHaveCount(3);

  await cluster.startApiServer();
  await expect(freshness).toContainText('Live', { timeout: 20_000 });
  await expect(rows).toHaveCount(3);
  expect(await articles.count()).toBe(before);

  await cluster.editor.patch(widgetRef(group, 'changed-after'), { spec: { size: 9 } });
  await cluster.editor.remove(widgetRef(group, 'deleted-after'));
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'changed-after' })).toContainText('9');
  await expect(articles).toHaveCount(before + 2);
});
