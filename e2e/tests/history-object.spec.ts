import { articles, fields, goLive, slider } from '../fixtures/history-page.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'states.e2e.example.com';
const objectPage = (name: string) => `/r/${group}/v1/widgets/o/default/${name}`;

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

test('any two states compare as what was changed between them, by keyboard and by link', async ({
  app,
  cluster,
}) => {
  const ref = widgetRef(group, 'compared');
  await cluster.editor.apply([widget(group, 'compared', { spec: { size: 1, image: 'web:1' } })]);
  await goLive(app, objectPage('compared'));
  await cluster.editor.patch(ref, { spec: { image: 'web:2' } });
  await cluster.editor.patch(ref, { metadata: { labels: { tier: 'web' } } });
  await cluster.editor.patch(ref, { spec: { image: 'web:3', size: null } });
  await expect(slider(app)).toHaveAttribute('aria-valuemax', '3');

  await slider(app).focus();
  await slider(app).press('ArrowLeft');
  await expect(fields(app)).toHaveCount(2);
  await expect(fields(app).filter({ hasText: 'spec.image' })).toContainText(/web:2.*web:3/u);
  await expect(fields(app).filter({ hasText: 'spec.size' })).toContainText(/removed.*1/u);
  await slider(app).press('Shift+ArrowLeft');
  await slider(app).press('Shift+ArrowLeft');
  await expect(fields(app)).toHaveCount(3);
  await expect(fields(app).filter({ hasText: 'metadata.labels' })).toContainText('web');
  await expect(fields(app).filter({ hasText: 'spec.image' })).toContainText('web:1');
  await expect(fields(app).filter({ hasText: 'spec.image' })).toContainText('web:3');

  // What comes meanwhile is on the scrubber, and does not disturb.
  const url = app.url();
  await cluster.editor.patch(ref, { spec: { image: 'web:4' } });
  await expect(slider(app)).toHaveAttribute('aria-valuemax', '4');
  await expect(app.getByRole('region', { name: 'The change' })).not.toContainText('web:4');
  expect(app.url()).toBe(url);

  await app.reload();
  await expect(fields(app)).toHaveCount(3);
  await app.getByRole('button', { name: 'YAML' }).click();
  const yaml = app.getByRole('region', { name: 'YAML' });
  await expect(yaml.locator('ins').filter({ hasText: 'image: web:3' })).toHaveCount(1);
  await expect(yaml.locator('del').filter({ hasText: 'image: web:1' })).toHaveCount(1);
  await expect(yaml.locator('del').filter({ hasText: 'size: 1' })).toHaveCount(1);
  await expect(yaml.locator('ins').filter({ hasText: /labels:|tier: web/u })).toHaveCount(2);
  await expect(yaml.locator('ins')).toHaveCount(3);

  await app.getByRole('button', { name: 'Move the earlier state on' }).click();
  await expect(yaml.locator('del').filter({ hasText: 'image: web:2' })).toHaveCount(1);
  await app.getByRole('button', { name: 'Back to now' }).click();
  await expect(yaml.locator('ins').filter({ hasText: 'image: web:4' })).toHaveCount(1);
  expect(new URL(app.url()).search).toBe('?tab=yaml');
});

test('going back leaves a comparison, and a link to states that are not held says so', async ({
  app,
  cluster,
}) => {
  await cluster.editor.apply([widget(group, 'left')]);
  await goLive(app, objectPage('left'));
  await cluster.editor.patch(widgetRef(group, 'left'), { spec: { size: 2 } });
  await expect(slider(app)).toHaveAttribute('aria-valuemax', '1');
  // Both stand on the scrubber at once, apart or as one place.
  await expect(
    app.getByRole('region', { name: 'History' }).getByTitle(/^(?:Spec, |2 states, )/u),
  ).toBeVisible({ timeout: 2000 });
  await slider(app).focus();
  await slider(app).press('ArrowLeft');
  await expect(app.getByText('What differs')).toBeVisible();
  await app.goBack();
  await expect(app.getByText('Last change')).toBeVisible();
  await app.goForward();
  await expect(app.getByText('What differs')).toBeVisible();

  await goLive(app, `${objectPage('left')}?to=1`);
  await expect(app.getByText('The states that this link compares are not held')).toBeVisible();
});

test('deleted and created anew are told apart, and compared as two lives', async ({
  app,
  cluster,
}) => {
  const ref = widgetRef(group, 'phoenix');
  await cluster.editor.apply([widget(group, 'phoenix', { spec: { image: 'web:1' } })]);
  await goLive(app, objectPage('phoenix'));
  await cluster.editor.patch(ref, { spec: { image: 'web:2' } });
  await expect(slider(app)).toHaveAttribute('aria-valuemax', '1');
  await cluster.editor.remove(ref);
  await expect(
    app.getByText(/^Deleted at .* This is the last that was seen of it\.$/u),
  ).toBeVisible();
  // Whoever comes later sees the same.
  await app.reload();
  await expect(
    app.getByText(/^Deleted at .* This is the last that was seen of it\.$/u),
  ).toBeVisible();
  await app.getByRole('button', { name: 'YAML' }).click();
  await expect(app.getByRole('region', { name: 'YAML' })).toContainText('image: web:2');
  await app.getByRole('button', { name: 'What changed' }).click();

  await cluster.editor.apply([widget(group, 'phoenix', { spec: { image: 'web:3' } })]);
  await expect(app.getByText(/^A new object of this name: .* ended/u)).toBeVisible();
  await expect(articles(app).first()).toContainText('new life of the name, the last one ended');
  await expect(slider(app)).toHaveAttribute('aria-valuemax', '3');

  await slider(app).focus();
  await slider(app).press('ArrowLeft');
  await expect(slider(app)).toHaveAttribute('aria-valuetext', /^Created anew, .* Deleted, /u);
  await expect(app.getByText('Two objects had this name one after the other')).toBeVisible();
  await expect(fields(app).filter({ hasText: 'spec.image' })).toContainText('web:2');
  await expect(fields(app).filter({ hasText: 'spec.image' })).toContainText('web:3');
  await slider(app).press('ArrowLeft');
  await expect(app.getByText('It ended here')).toBeVisible();
});

test('the states of a Secret compare by fingerprints alone', async ({ app, cluster }) => {
  const ref = { apiVersion: 'v1', resource: 'secrets', namespace: 'default', name: 'history' };
  const secret = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: ref.name, namespace: ref.namespace },
    data: { password: Buffer.from(password).toString('base64') },
  });
  await cluster.editor.apply([secret('correct horse')]);
  await goLive(app, '/r/core/v1/secrets/o/default/history');
  const { data } = secret('battery staple');
  await cluster.editor.patch(ref, { data });
  await expect(slider(app)).toHaveAttribute('aria-valuemax', '1');
  await slider(app).focus();
  await slider(app).press('ArrowLeft');
  await expect(fields(app).filter({ hasText: 'data.password' })).toContainText('fingerprint');
  await app.getByRole('button', { name: 'YAML' }).click();
  await expect(app.getByRole('region', { name: 'YAML' }).locator('ins')).toContainText('redacted');
  const text = await app.content();
  for (const value of ['correct horse', 'battery staple']) {
    expect(text).not.toContain(value);
    expect(text).not.toContain(Buffer.from(value).toString('base64'));
  }
  await cluster.editor.remove(ref);
});
