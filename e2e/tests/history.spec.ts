import type { ChangeList } from '@kindscope/protocol';
import { articles, bars, counted, goLive, slider, strip } from '../fixtures/history-page.ts';
import type { Kindscope } from '../fixtures/kindscope.ts';
import { expect, test } from '../fixtures/test.ts';
import { crdRef, widget, widgetCrd, widgetRef } from '../fixtures/widgets.ts';

const group = 'history.e2e.example.com';
const page = `/r/${group}/v1/widgets`;
const objectPage = (name: string) => `${page}/o/default/${name}`;

test.beforeAll(async ({ cluster }) => {
  await cluster.editor.apply([widgetCrd(group)]);
});
test.afterAll(async ({ cluster }) => {
  await cluster.editor.remove(crdRef(group));
});

/** Every change of the widgets that the server knows. */
async function logged({ origin, token }: Kindscope): Promise<ChangeList['items']> {
  const answer = await fetch(`${origin}/api/v1/changes?resource=${group}/v1/widgets&limit=500`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as ChangeList).items;
}

test('the strip counts what changed, says what was not watched, and a part of it filters the feed', async ({
  app,
  cluster,
}) => {
  await cluster.editor.apply([widget(group, 'early'), widget(group, 'late')]);
  await goLive(app, page);
  await expect(bars(app)).toHaveAccessibleName(/^0 changes over time; not watched .* – /u);
  await expect(bars(app).getByText('not watched').first()).toBeAttached();

  const bucketMs = 2500;
  await cluster.editor.patch(widgetRef(group, 'early'), { spec: { size: 2 } });
  await expect(articles(app)).toHaveCount(1);
  const over = Math.ceil(Date.now() / bucketMs) * bucketMs;
  await expect.poll(() => Date.now()).toBeGreaterThan(over + 100);
  await cluster.editor.patch(widgetRef(group, 'late'), { spec: { size: 3 } });
  await expect(articles(app)).toHaveCount(2);
  await expect.poll(() => counted(app)).toBe(2);

  // By pointer: a time in which nothing was watched, then all of it.
  const box = await bars(app).boundingBox();
  if (box === null) throw new Error('The strip is not in sight.');
  const drag = async (from: number, to: number) => {
    await app.mouse.move(box.x + box.width * from, box.y + 20);
    await app.mouse.down();
    await app.mouse.move(box.x + box.width * to, box.y + 20, { steps: 4 });
    await app.mouse.up();
  };
  await drag(0.05, 0.2);
  await expect(app.getByText('Nothing changed in this time')).toBeVisible();
  await drag(0.3, 0.9999);
  await expect(articles(app)).toHaveCount(2);

  // By keyboard: the end moved to before the later change.
  const end = strip(app).getByRole('slider', { name: 'To' });
  await end.focus();
  await expect(async () => {
    await end.press('ArrowLeft');
    expect(Number(await end.getAttribute('aria-valuenow'))).toBeLessThanOrEqual(over);
  }).toPass({ intervals: [50] });
  await expect(articles(app)).toHaveCount(1);
  await expect(articles(app)).toContainText('early');

  const url = app.url();
  expect(new URL(url).searchParams.get('to')).toBe(new Date(over).toISOString());
  await app.reload();
  await expect(articles(app)).toHaveCount(1);
  await expect(articles(app)).toContainText('early');

  await end.press('Escape');
  await expect(articles(app)).toHaveCount(2);
  await expect(strip(app).getByRole('button', { name: 'Choose a time' })).toBeFocused();
  await app.goBack();
  await expect(app).toHaveURL(url);
  await expect(articles(app)).toHaveCount(1);
});

test('the keyboard alone chooses a time and leaves it', async ({ app }) => {
  await goLive(app, page);
  const begin = strip(app).getByRole('button', { name: 'Choose a time' });
  await begin.focus();
  await begin.press('Enter');
  const from = strip(app).getByRole('slider', { name: 'From' });
  await expect(from).toBeFocused();
  const before = Number(await from.getAttribute('aria-valuenow'));
  await from.press('PageDown');
  await expect
    .poll(async () => Number(await from.getAttribute('aria-valuenow')))
    .toBeGreaterThan(before);
  await from.press('Escape');
  await expect(begin).toBeFocused();
  expect(new URL(app.url()).search).toBe('');
});

test('repeats of one field fold into one line with a count, and unfold', async ({
  app,
  cluster,
}) => {
  await cluster.editor.apply([widget(group, 'repeated')]);
  await goLive(app, `${page}?fields=metadata.name%3Drepeated`);
  for (let size = 2; size <= 6; size += 1) {
    await cluster.editor.patch(widgetRef(group, 'repeated'), { spec: { size } });
  }
  const fold = articles(app).first();
  const count = fold.getByRole('button', { name: /^×5 in / });
  await expect(count).toBeVisible();
  await expect(fold.locator('del')).toHaveText('1');
  await expect(fold.locator('ins')).toHaveText('6');
  const lines = await articles(app).count();
  await count.click();
  await expect(articles(app)).toHaveCount(lines + 5);
  await expect(articles(app).nth(5).locator('ins')).toHaveText('2');
});

test('a restarted API server adds nothing to the strip, and no state to the scrubber', async ({
  app,
  cluster,
  kindscope,
}) => {
  test.setTimeout(120_000);
  await cluster.editor.apply([widget(group, 'steady')]);
  await goLive(app, page);
  await cluster.editor.patch(widgetRef(group, 'steady'), { spec: { size: 2 } });
  await cluster.editor.patch(widgetRef(group, 'steady'), { spec: { size: 3 } });
  await expect(articles(app).filter({ hasText: 'steady' }).first()).toContainText('3');
  const other = await app.context().newPage();
  await goLive(other, objectPage('steady'));
  await expect(slider(other)).toHaveAttribute('aria-valuemax', '2');
  // The strip's edge is a moment behind: it is waited for, once it is known what it will say.
  const before = (await logged(kindscope)).length;
  await expect.poll(() => counted(app)).toBe(before);

  await cluster.stopApiServer();
  await expect(app.getByLabel('Freshness')).toContainText('Stale since');
  await cluster.startApiServer();
  await expect(app.getByLabel('Freshness')).toContainText('Live', { timeout: 20_000 });
  await cluster.editor.patch(widgetRef(group, 'steady'), { spec: { size: 4 } });
  await expect(slider(other)).toHaveAttribute('aria-valuemax', '3');
  await expect.poll(() => counted(app)).toBe(before + 1);
  await app.reload();
  await expect.poll(() => counted(app)).toBe(before + 1);
  await other.reload();
  await expect(slider(other)).toHaveAttribute('aria-valuemax', '3');
  await other.close();
});
