import { createServer } from 'node:net';
import { expect, test } from '../fixtures/test.ts';
import { withKubeconfig } from '../fixtures/with-kubeconfig.ts';

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}

test('an API server that cannot be reached is said in the terminal and on the page', async ({
  page,
  cluster,
}) => {
  const port = await closedPort();
  const elsewhere = (text: string): string =>
    text.replace(/(server: \S+127\.0\.0\.1):\d+/, `$1:${port}`);
  await withKubeconfig(cluster.kubeconfig, elsewhere, async (kindscope) => {
    await kindscope.waitFor(/refused/i, 10_000);
    await page.goto(kindscope.url);
    await expect(page.getByRole('main').or(page.getByRole('alert')).first()).toBeVisible();
    await expect(page.locator('body')).toContainText(/refused/i);
    await expect(page.getByLabel('Freshness')).not.toContainText('Live');
  });
});

test('credentials that are refused are said in the terminal and on the page', async ({
  page,
  cluster,
}) => {
  const wrong = (text: string): string =>
    text.replace(/token: \S+/, 'token: wrong').replace(/\/token\/[^\s"']+/, '');
  await withKubeconfig(cluster.kubeconfig, wrong, async (kindscope) => {
    await kindscope.waitFor(/401|credentials|Unauthorized/i, 10_000);
    await page.goto(kindscope.url);
    await expect(page.locator('body')).toContainText(/401|credentials|Unauthorized/i);
    await expect(page.getByLabel('Freshness')).not.toContainText('Live');
  });
});
