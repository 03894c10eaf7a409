import { setTimeout as delay } from 'node:timers/promises';
import { ControlPlaneError, messageOf } from './errors.ts';
import { endedError } from './processes.ts';
import type { RunningProgram } from './processes.ts';

export interface Wait {
  /** What is awaited, for the message when it never comes. */
  readonly what: string;
  /** Without this program it will never come: its end ends the wait. */
  readonly program: RunningProgram;
  /** True when it is there; false or an error means: not yet. */
  readonly probe: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

const interval = 50;
const limit = 60_000;

/**
 * Waits until the probe says yes.
 * Throws ControlPlaneError when the program ends or a minute has passed, and the signal's reason when it is aborted.
 */
export async function waitUntil({ what, program, probe, signal }: Wait): Promise<void> {
  const deadline = performance.now() + limit;
  let last = 'no answer';
  for (;;) {
    signal.throwIfAborted();
    try {
      if (await probe()) return;
      last = 'not yet';
    } catch (error) {
      last = messageOf(error);
    }
    const ending = program.ending();
    if (ending !== undefined) throw await endedError(program.program, ending, program.log);
    if (performance.now() > deadline) {
      throw new ControlPlaneError(
        `${what} did not come within ${String(limit / 1000)} s (${last})`,
        `The log of ${program.program}: ${program.log}`,
      );
    }
    await delay(interval, undefined, { signal });
  }
}

/** Whether a plain HTTP health endpoint answers 2xx. */
export async function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  const { ok } = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
  return ok;
}
