import type { Page } from '@playwright/test';
import { frameTimes, frameWork } from '../bench/frame-probe.ts';
import { percentile } from '../bench/statistics.ts';
import { followRollout } from '../fixtures/rollout-follower.ts';
import { createLargeReplicaSet } from '../fixtures/rollout-large.ts';
import { rolloutPath } from '../fixtures/rollout-page.ts';
import { expect, test } from '../fixtures/test.ts';

const target = { resource: 'apps/v1/replicasets', namespace: 'default', name: 'large' };
const pods = 2000;
/** The p95 of its frames, of that of an empty page. */
const smooth = 1.1;
const rounds = 5;

// A trace takes a picture of the page at every gesture: what it costs would be measured too.
test.use({ trace: 'off' });

test('one owner of 2,000 pods is folded, explained in one sentence, and smooth', async ({
  app,
  browser,
  cluster,
  kindscope,
}) => {
  test.setTimeout(120_000);
  const options = { namespace: 'default', pods, broken: 2 };
  await createLargeReplicaSet(cluster.kubeconfig, options);
  const follower = await followRollout(kindscope, target);
  await expect.poll(() => follower.nodes().size, { timeout: 30_000 }).toBe(pods + 1);
  await expect.poll(() => follower.now().state.kind).toBe('stuck');
  const stuck = follower.now().findings.filter(({ severity }) => severity === 'stuck');
  expect(stuck[0]?.sentence).toMatch(/^large-000\d and 1 other .*CrashLoopBackOff/);
  expect(stuck.length).toBeLessThanOrEqual(2);
  follower.close();

  await app.goto(rolloutPath(target));
  const tree = app.getByRole('treegrid');
  await expect(tree).toContainText('1,998 pods ready');
  await expect(tree.getByRole('row')).toHaveCount(4);

  // Unfolded, only rows in sight are in the page.
  await tree.getByRole('button', { name: 'Unfold' }).click();
  await expect(tree).toHaveAttribute('aria-rowcount', String(pods + 2));
  expect(await tree.getByRole('row').count()).toBeLessThan(60);
  const empty = await app.context().newPage();
  await empty.setContent('<!doctype html><title>Empty</title>');
  const { page: spent } = await frameWork(browser, app, () => scroll(app));
  const work = percentile(spent, 95);
  const ratios: number[] = [];
  // Who else has the machine for a moment does not count.
  while (ratios.length < rounds && Math.min(...ratios) > smooth) {
    const idle = percentile(await frameTimes(empty, () => scroll(empty)), 95);
    ratios.push(percentile(await frameTimes(app, () => scroll(app)), 95) / idle);
  }
  console.log(`p95 frame ${ratios.join(', ')} of an empty page's, work ${work} ms`);
  expect(Math.min(...ratios)).toBeLessThanOrEqual(smooth);
  await empty.close();
});

/** Through the rows and through time, a second. */
async function scroll(page: Page): Promise<void> {
  await page.mouse.move(900, 300);
  for (let step = 0; step < 30; step += 1) {
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(16);
  }
  await page.keyboard.down('Shift');
  for (let step = 0; step < 20; step += 1) {
    await page.mouse.wheel(0, step < 10 ? 100 : -100);
    await page.waitForTimeout(16);
  }
  await page.keyboard.up('Shift');
}
