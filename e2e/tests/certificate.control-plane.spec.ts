import { expect, test } from '../fixtures/test.ts';
import { withKubeconfig } from '../fixtures/with-kubeconfig.ts';

test('a certificate nobody vouches for is said in the terminal and on the page', async ({
  page,
  cluster,
}) => {
  const unvouched = (text: string): string =>
    text.replace(/^\s*certificate-authority(-data)?: \S+\n/gm, '');
  await withKubeconfig(cluster.kubeconfig, unvouched, async (kindscope) => {
    await kindscope.waitFor(/certificate/i, 10_000);
    await page.goto(kindscope.url);
    await expect(page.locator('body')).toContainText(/certificate-authority/i);
  });
});
