import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'object.e2e.example.com';

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

test('an object shows its YAML, and what its last change changed, field by field', async ({
  app,
  cluster,
}) => {
  await cluster.editor.apply([widget(group, 'whole', { spec: { size: 1, image: 'web:1.41.0' } })]);
  await app.goto(`/r/${group}/v1/widgets/o/default/whole`);
  await expect(app.getByLabel('Freshness')).toContainText('Live');
  await cluster.editor.patch(widgetRef(group, 'whole'), {
    spec: { image: 'web:1.42.0', size: null },
  });
  const main = app.getByRole('main');
  await expect(main).toContainText('spec.image');
  await expect(main).toContainText('web:1.41.0');
  await expect(main).toContainText('web:1.42.0');
  await expect(main).toContainText('spec.size');
  await app.getByRole('button', { name: 'YAML' }).click();
  await expect(main).toContainText('image: web:1.42.0');

  await cluster.editor.remove(widgetRef(group, 'whole'));
  await expect(main).toContainText(/deleted/i);
});

test('the values of a Secret never reach the page or the API', async ({
  app,
  cluster,
  kindscope,
}) => {
  const ref = { apiVersion: 'v1', resource: 'secrets', namespace: 'default', name: 'e2e-secret' };
  await cluster.editor.apply([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: ref.name, namespace: ref.namespace },
      stringData: { password: 'correct horse battery staple' },
    },
  ]);
  await app.goto('/r/core/v1/secrets/o/default/e2e-secret');
  await app.getByRole('button', { name: 'YAML' }).click();
  await expect(app.getByRole('main')).toContainText('password');
  const secret = ['correct horse', Buffer.from('correct horse battery staple').toString('base64')];
  const answer = await fetch(
    `${kindscope.origin}/api/v1/resources/core/v1/secrets/objects/default/e2e-secret`,
    { headers: { authorization: `Bearer ${kindscope.token}` } },
  );
  expect(answer.status).toBe(200);
  const text = `${await answer.text()} ${await app.content()}`;
  for (const part of secret) expect(text).not.toContain(part);
  await cluster.editor.remove(ref);
});
