import type { Browser, Page } from '@playwright/test';

/** Counts the frames of a page while `run` goes on: the time from each to the next, milliseconds. */
export async function frameTimes(page: Page, run: () => Promise<void>): Promise<number[]> {
  await page.bringToFront();
  await page.evaluate(() => {
    const times: number[] = [];
    let on = true;
    const frame = (time: number): void => {
      times.push(time);
      if (on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const stop = (): number[] => {
      on = false;
      return times;
    };
    Object.assign(window, { kindscopeFrames: stop });
  });
  await run();
  const times = await page.evaluate(() => {
    const stop = (window as unknown as Record<string, (() => number[]) | undefined>)[
      'kindscopeFrames'
    ];
    return stop?.() ?? [];
  });
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** As `dur`, of the processor alone. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What each frame costs, milliseconds of processor time. */
export interface FrameWork {
  /** Of the page's main thread: script, style, layout, paint and all else that it does from one frame to the next. */
  readonly page: readonly number[];
  /** Of its workers, in the same time. */
  readonly workers: readonly number[];
}

/** Traces what the frames of a page cost while `run` goes on. */
export async function frameWork(
  browser: Browser,
  page: Page,
  run: () => Promise<void>,
): Promise<FrameWork> {
  await page.bringToFront();
  await browser.startTracing(page, {
    categories: [
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      'disabled-by-default-devtools.timeline.frame',
    ],
  });
  await run();
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  return workByFrame(trace.traceEvents);
}

/** Of the events of a trace. */
function workByFrame(events: readonly TraceEvent[]): FrameWork {
  const frames = events.filter(({ name }) => name === 'BeginMainThreadFrame');
  // The page in front has most of them.
  const main = mostCommon(frames.map(threadOf));
  const workers = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name?.startsWith(workerThread))
      .map(threadOf),
  );
  const begun = frames
    .filter((event) => threadOf(event) === main)
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b);
  const work = { page: begun.map(() => 0), workers: begun.map(() => 0) };
  for (const event of events) {
    if (event.name !== 'RunTask') continue;
    const thread = threadOf(event);
    const spent = thread === main ? work.page : workers.has(thread) ? work.workers : undefined;
    // A task belongs to the last frame that had begun when it ended.
    const frame = begun.findLastIndex((ts) => ts <= event.ts + (event.dur ?? 0));
    if (spent === undefined || frame < 0) continue;
    spent[frame] = (spent[frame] ?? 0) + (event.tdur ?? event.dur ?? 0) / 1000;
  }
  // The last one has no end.
  return { page: work.page.slice(0, -1), workers: work.workers.slice(0, -1) };
}

/** As Chromium names the thread of a dedicated worker. */
const workerThread = 'DedicatedWorker';

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
