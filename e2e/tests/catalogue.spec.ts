import { expect, test } from '../fixtures/test.ts';
import { crdRef, widgetCrd } from '../fixtures/widgets.ts';

const group = 'catalogue.e2e.example.com';

test('the catalogue shows a CRD that is installed while the page is open, and loses it when it is deleted', async ({
  app,
  cluster,
}) => {
  await app.goto('/');
  await expect(app.getByLabel('Freshness')).toContainText('Live');
  await expect(app.getByRole('link', { name: 'Widget', exact: true })).toHaveCount(0);
  await cluster.editor.apply([widgetCrd(group)]);
  const row = app.getByRole('row').filter({ hasText: 'Widget' });
  await expect(row).toContainText('Established');
  await expect(app.getByText(group)).toBeVisible();

  await row.getByRole('link', { name: 'Widget', exact: true }).click();
  await expect(app).toHaveURL(new RegExp(`/r/${group}/v1/widgets`));
  await app.goBack();

  await cluster.editor.remove(crdRef(group));
  await expect(app.getByRole('link', { name: 'Widget', exact: true })).toHaveCount(0);
});

test('the search keeps to what it names, and built-in kinds are a switch away', async ({
  app,
  cluster,
}) => {
  await cluster.editor.apply([widgetCrd('search.e2e.example.com')]);
  await app.goto('/');
  await expect(app.getByRole('link', { name: 'Widget', exact: true })).toBeVisible();
  await app.getByRole('searchbox').fill('wd');
  await expect(app.getByRole('link', { name: 'Widget', exact: true })).toBeVisible();
  await app.getByRole('searchbox').fill('no such kind');
  await expect(app.getByRole('link', { name: 'Widget', exact: true })).toHaveCount(0);
  await app.goto('/?show=built-in');
  await expect(app.getByRole('link', { name: 'ConfigMap', exact: true })).toBeVisible();
  await cluster.editor.remove(crdRef('search.e2e.example.com'));
});
