import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lock } from './lock.ts';
import { tryLock } from './lock.ts';
import { createProgressLine, duration } from './progress.ts';

/** One build at a time: waits for another process's, and says so. */
export async function lockBuild(path: string, signal: AbortSignal): Promise<Lock> {
  for (let told = false; ; told = true) {
    const lock = await tryLock(path);
    if (lock !== undefined) return lock;
    if (!told) console.error('Another process is building the control plane; waiting for it.');
    await delay(500, undefined, { signal });
  }
}

/** Shows, while a program is built, what the build is at and for how long, and in the end how large it is. */
export async function showWork(
  title: string,
  output: string,
  work: (onProgress: (text: string) => void) => Promise<void>,
): Promise<void> {
  const line = createProgressLine(process.stderr);
  const started = performance.now();
  const elapsed = (): string => duration(performance.now() - started);
  let at = 'starting';
  const show = (): void => {
    line.update(`${title} ${at}, ${elapsed()}`);
  };
  show();
  const ticking = setInterval(show, 1000);
  try {
    await work((text) => {
      at = text;
    });
  } finally {
    clearInterval(ticking);
  }
  const megabytes = Math.round((await stat(output)).size / 1e6);
  line.done(`${title} built in ${elapsed()}, ${String(megabytes)} MB`);
}
