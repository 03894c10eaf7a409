import { ownerOf, settings, settingsRef } from '../fixtures/owned.ts';
import { rolloutPath } from '../fixtures/rollout-page.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'rollout.e2e.example.com';
const target = { resource: `${group}/v1/widgets`, namespace: 'default', name: 'owner' };

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
  await cluster.editor.apply([widget(group, 'owner')]);
  const owner = await ownerOf(cluster, widgetRef(group, 'owner'), 'Widget', `${group}/v1`);
  await cluster.editor.apply([settings('settings', owner)]);
  const next = await ownerOf(cluster, settingsRef('settings'), 'ConfigMap', 'v1');
  await cluster.editor.apply([settings('copy', next)]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(widgetRef(group, 'owner'));
  await cluster.editor.remove(crdRef(group));
});

test('any object leads to its rollout: what it owns over several levels, as it comes and goes', async ({
  app,
  cluster,
}) => {
  await app.goto(`/r/${target.resource}/o/default/owner`);
  await app.getByRole('main').getByRole('link', { name: 'Rollout', exact: true }).click();
  await expect(app).toHaveURL(new RegExp(`${rolloutPath(target)}$`));
  const rows = app.getByRole('treegrid').getByRole('row');
  await expect(rows).toContainText(['owner', 'settings', 'copy']);
  await expect(rows.nth(2)).toHaveAttribute('aria-level', '3');

  const owner = await ownerOf(cluster, widgetRef(group, 'owner'), 'Widget', `${group}/v1`);
  await cluster.editor.apply([settings('newcomer', owner)]);
  const newcomer = rows.filter({ hasText: 'newcomer' });
  await expect(newcomer).toHaveCount(1);
  await expect(newcomer.getByRole('button', { name: /^Created / })).toHaveCount(1);
  await cluster.editor.remove(settingsRef('newcomer'));
  await expect(newcomer).toContainText('gone');
  await expect(newcomer.getByRole('button', { name: /^Deleted / })).toHaveCount(1);
  await cluster.editor.patch(widgetRef(group, 'owner'), { spec: { size: 2 } });
  await expect(rows.first().getByRole('button', { name: /^Spec / })).toHaveCount(1);

  // What is chosen, and the change that is shown, are in the address.
  await rows
    .first()
    .getByRole('button', { name: /^Spec / })
    .click();
  await expect(app.getByRole('main')).toContainText('spec.size');
  await app.reload();
  await expect(app.getByRole('main')).toContainText('spec.size');
});
