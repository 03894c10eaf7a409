import { expect, test } from '@playwright/test';
import { parseReady } from '../fixtures/kindscope.ts';
import { startProgram } from '../fixtures/process.ts';

test('the README command shows the demo cluster, live, and Ctrl-C ends it within 2 s', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const program = startProgram('npx', ['-y', 'pnpm@12.21.0', 'start', '--demo', '--port', '0'], {});
  try {
    const match = await program.waitFor(
      /Kindscope ready: (http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\S+))/,
      150_000,
    );
    await page.goto(parseReady(match).url);
    await expect(page.getByLabel('Freshness')).toContainText('Live');
    await expect(page.getByText(/demo cluster/i).first()).toBeVisible();
    await expect.poll(() => page.getByText('Established').count()).toBeGreaterThanOrEqual(12);
    expect(program.output()).toMatch(/demo cluster/i);
  } finally {
    const { ms } = await program.interrupt();
    expect(ms).toBeLessThan(2_000);
  }
});
