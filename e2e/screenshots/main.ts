/** `pnpm screenshots`: makes the pictures of the README and the docs again, from the demo cluster. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { findOrInstallChromium } from '../fixtures/chromium.ts';
import { startKindscope, type Kindscope } from '../fixtures/kindscope.ts';

const folder = path.join(import.meta.dirname, '../../docs/screenshots');
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

interface Picture {
  readonly name: string;
  readonly path: string;
  /** Played in the demo before the page is opened. */
  readonly story?: string;
  /** Something that is on the page when it has all it shows. */
  readonly ready: (page: Page) => Promise<void>;
}

const live = (page: Page): Promise<void> =>
  page.getByLabel('Freshness').filter({ hasText: 'Live' }).waitFor();

/** An object whose spec somebody changed, found in the feed as a person would. */
async function openChangedObject(page: Page): Promise<void> {
  await live(page);
  const narrowTab = page.getByRole('button', { name: 'Changes' });
  if (isNarrow(page)) await narrowTab.click();
  const changed = page.getByRole('article').filter({ hasText: 'spec.containers' }).first();
  await changed.getByRole('link').first().click();
  await page.waitForURL('**/o/**');
  await page.getByText('generation').first().waitFor();
}

const isNarrow = (page: Page): boolean => page.viewportSize()?.width === narrow.width;

const stuck = '/rollout/apps/v1/deployments/search/query-api?span=3m';

const applications = '/r/apps.shop.example/v2/applications';

const pictures: readonly Picture[] = [
  {
    name: 'resource',
    path: applications,
    ready: async (page) => {
      await live(page);
      // In a narrow window the feed is behind a tab.
      if (isNarrow(page)) return;
      const entries = page.getByRole('feed').getByRole('article');
      await entries.nth(5).waitFor({ state: 'attached', timeout: 120_000 });
      await entries.filter({ hasText: 'spec.containers' }).first().waitFor({ timeout: 120_000 });
    },
  },
  { name: 'object', path: applications, ready: openChangedObject },
  { name: 'catalogue', path: '/', ready: live },
  { name: 'status', path: '/status', ready: live },
  {
    name: 'timeline',
    path: '/timeline',
    ready: async (page) => {
      await live(page);
      // Enough to see what a timeline is for.
      await page.getByText(/\b[3-9]\d\d changes of/).waitFor({ timeout: 300_000 });
    },
  },
  {
    name: 'rollout',
    path: stuck,
    story: 'stuck-rollout',
    ready: async (page) => {
      await live(page);
      await page.getByText('made no progress').first().waitFor({ timeout: 120_000 });
    },
  },
];

/** Watched from the start, so that there is a past to show. */
const watched = [
  'apps.shop.example/v2/applications',
  'apps/v1/deployments',
  'apps/v1/replicasets',
  'core/v1/pods',
  'gateway.example.net/v1/trafficsplits',
  'certs.example.org/v1/certificates',
  'data.example.io/v1/backups',
].flatMap((resource) => ['--watch', resource]);

const chromium = findOrInstallChromium(console.log);
if (chromium !== 'bundled') {
  if ('error' in chromium) throw new Error(chromium.error);
  process.env['KINDSCOPE_CHROMIUM'] = chromium.executable;
}
await mkdir(folder, { recursive: true });
const kindscope = await startKindscope(['--demo', '--demo-rate', '6', ...watched]);
const browser = await launchBrowser();
try {
  for (const picture of pictures) {
    if (picture.story !== undefined) await play(kindscope, picture.story);
    await take(browser, kindscope, picture, 'light', wide);
    await take(browser, kindscope, picture, 'dark', wide);
    await take(browser, kindscope, picture, 'light', narrow);
  }
} finally {
  await browser.close();
  await kindscope.interrupt();
}

async function play({ origin, token }: Kindscope, story: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${origin}/api/v1/demo/${story}`, { method: 'POST', headers });
  if (response.status !== 202) throw new Error(`${story}: ${await response.text()}`);
}

async function take(
  browser: Browser,
  kindscope: Kindscope,
  picture: Picture,
  colorScheme: 'light' | 'dark',
  viewport: { width: number; height: number },
): Promise<void> {
  const page = await browser.newPage({ colorScheme, viewport, timezoneId: 'UTC', locale: 'en-GB' });
  await page.goto(kindscope.url);
  await page.goto(`${kindscope.origin}${picture.path}`);
  await picture.ready(page);
  const size = viewport === narrow ? '-narrow' : '';
  const file = path.join(folder, `${picture.name}-${colorScheme}${size}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  console.log(path.relative(process.cwd(), file));
  await page.close();
}
