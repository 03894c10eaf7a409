import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { codeOf } from './errors.ts';

export interface Watchdog {
  /** Ends the watchdog without its doing anything. */
  readonly dismiss: () => Promise<void>;
}

/**
 * A shell that waits for this process to end, however it ends: the pipe they share closes then. It ends the whole
 * process group at one stroke, and itself with it. Being a member, it keeps the group's number from being used again.
 * POSIX only: a pipe, `read`, and kill(2) of a group; so it works on Linux and macOS alike.
 */
const script = 'trap "" HUP INT TERM; read -r _ <&3; kill -s KILL -- "-$1"';

/**
 * Makes sure that nothing in this process's group outlives it, even when it is killed with SIGKILL.
 * This process must lead its group (be spawned `detached`), or others would be hit; returns undefined if it does not.
 */
export function startWatchdog(onLost: () => void): Watchdog | undefined {
  try {
    process.kill(-process.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return undefined;
    throw error;
  }
  const child = spawn('/bin/sh', ['-c', script, 'kindscope-watchdog', String(process.pid)], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  let dismissed = false;
  child.once('error', onLost);
  child.once('exit', () => {
    if (!dismissed) onLost();
  });
  return {
    dismiss: async () => {
      dismissed = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
