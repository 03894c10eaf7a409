import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { buildWeb } from '../../scripts/web-build.ts';
import { launchBrowser } from '../fixtures/browser.ts';
import { parseReady } from '../fixtures/kindscope.ts';
import { startProgram } from '../fixtures/process.ts';
import type { Bench, Size } from './bench.ts';
import { frameTimes, frameWork } from './frame-probe.ts';
import { percentile, round } from './statistics.ts';
import { panAndZoom } from './timeline-gestures.ts';

const sizes: Record<Size, { readonly changes: number; readonly objects: number }> = {
  small: { changes: 10_000, objects: 200 },
  medium: { changes: 100_000, objects: 1000 },
  large: { changes: 1_000_000, objects: 5000 },
};
const ready = /Kindscope ready: (http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\S+))/;

/** Wheel and drag over so many changes, beside the same over an empty page. */
export const timeline: Bench = {
  name: 'timeline',
  about: 'Pan and zoom over 10k, 100k and 1M changes in Chromium, beside an empty page.',
  run: async (size, turns) => {
    const { changes, objects } = sizes[size];
    const root = path.join(import.meta.dirname, '../..');
    if (!(await buildWeb(root, console.error))) throw new Error('The page could not be built.');
    const folder = await mkdtemp(path.join(tmpdir(), 'kindscope-bench-'));
    const program = startProgram(
      process.execPath,
      [path.join(import.meta.dirname, 'timeline-server.ts'), String(changes), String(objects)],
      { XDG_STATE_HOME: folder },
    );
    const browser = await launchBrowser();
    try {
      const server = parseReady(await program.waitFor(ready, 300_000));
      return await measure(browser, server, sizes[size], turns);
    } finally {
      await browser.close();
      await program.interrupt();
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(
  browser: Browser,
  server: { readonly url: string; readonly origin: string },
  { changes, objects }: { readonly changes: number; readonly objects: number },
  turns: number,
) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const empty = await context.newPage();
  await empty.setContent('<!doctype html><title>Empty</title>');
  const page = await context.newPage();
  await page.goto(server.url);
  const { openMs, wholeMs } = await open(page, `${server.origin}/timeline?span=1h`, changes);

  const frames = { empty: [] as number[], timeline: [] as number[] };
  const work = {
    empty: [] as number[],
    timeline: [] as number[],
    median: [] as number[],
    worker: [] as number[],
  };
  // Each with the empty page, then the timeline.
  for (let turn = 0; turn < turns; turn += 1) {
    frames.empty.push(percentile(await frameTimes(empty, () => panAndZoom(empty)), 95));
    frames.timeline.push(percentile(await frameTimes(page, () => panAndZoom(page)), 95));
    // Traced apart: it costs time of its own.
    const idle = await frameWork(browser, empty, () => panAndZoom(empty));
    const spent = await frameWork(browser, page, () => panAndZoom(page));
    work.empty.push(percentile(idle.page, 95));
    work.timeline.push(percentile(spent.page, 95));
    work.median.push(percentile(spent.page, 50));
    work.worker.push(percentile(spent.workers, 95));
  }
  const median = (values: readonly number[]): number => round(percentile(values, 50));
  return {
    params: { changes, objects, turns },
    metrics: {
      openMs: round(openMs, 0),
      wholeMs: round(wholeMs, 0),
      emptyFrameP95Ms: median(frames.empty),
      frameP95Ms: median(frames.timeline),
      emptyWorkP95Ms: median(work.empty),
      workP50Ms: median(work.median),
      workP95Ms: median(work.timeline),
      workerP95Ms: median(work.worker),
      heapMb: round(await heapMb(page), 1),
    },
    ratios: {
      'p95Frame/empty': round(percentile(frames.timeline, 50) / percentile(frames.empty, 50)),
    },
  };
}

/** From the navigation to the first changes that are shown, and until all of them are. */
async function open(page: Page, url: string, changes: number) {
  const begun = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('status', { name: 'Counts' }).getByText('in view').waitFor();
  const openMs = performance.now() - begun;
  await page.waitForFunction(
    (all) => {
      const text = document.querySelector('output[aria-label=Counts]')?.textContent ?? '';
      const seen = text.replaceAll(',', '').match(/(\d+) changes? .*? (\d+) heartbeats?/u);
      return seen !== null && Number(seen[1]) + Number(seen[2]) >= all;
    },
    changes,
    { timeout: 120_000 },
  );
  return { openMs, wholeMs: performance.now() - begun };
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize = 0 } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    embedderHeapUsedSize?: number;
  };
  return (usedSize + embedderHeapUsedSize) / 1e6;
}
