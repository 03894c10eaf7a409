import type { WriteStream } from 'node:tty';

/** `45 s`, `3 min 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** One line about work that is under way, and then a line about its end. */
export interface ProgressLine {
  readonly update: (text: string) => void;
  readonly done: (text: string) => void;
}

const quietFor = 30_000;

/**
 * In a terminal the line is rewritten in place; elsewhere (CI) each start and end is a line, and every 30 s another
 * one, so that a log shows life without being flooded.
 */
export function createProgressLine(output: WriteStream): ProgressLine {
  let last = -Infinity;
  return {
    update: (text) => {
      const now = performance.now();
      if (output.isTTY) {
        output.write(`\r\u001B[K${text}`);
      } else if (now - last >= quietFor) {
        output.write(`${text}\n`);
        last = now;
      }
    },
    done: (text) => {
      output.write(output.isTTY ? `\r\u001B[K${text}\n` : `${text}\n`);
      last = -Infinity;
    },
  };
}
