import { expect, test } from '../fixtures/test.ts';

test('without the token the page asks for it, and takes it', async ({ page, kindscope }) => {
  await page.goto(kindscope.origin);
  const field = page.getByLabel('Token');
  await expect(field).toBeVisible();
  await field.fill('wrong');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await field.fill(kindscope.token);
  await field.press('Enter');
  await expect(page.getByLabel('Freshness')).toContainText('Live');
});

test('the printed URL signs in and does not keep the token', async ({ page, kindscope }) => {
  await page.goto(kindscope.url);
  await expect(page.getByLabel('Freshness')).toContainText('Live');
  expect(page.url()).not.toContain('token');
});
