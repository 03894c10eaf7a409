/** Work that is done once whatever is being done now is over. */
export interface Background {
  run(work: () => void): void;
}

/**
 * Runs what it is given in order, after the write that brought it about. Kubernetes' controllers take
 * a while; here nobody waits, but nothing happens inside another write either. What fails is left
 * undone, and the rest is done.
 */
export function createBackground(): Background {
  const waiting: (() => void)[] = [];
  let draining = false;

  function drain(): void {
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) attempt(work);
    draining = false;
  }

  return {
    run(work) {
      waiting.push(work);
      if (draining) return;
      draining = true;
      queueMicrotask(drain);
    },
  };
}

/**
 * Does what a controller does. One that fails (an object may be too large to be marked as deleted)
 * says so where programs log, leaves everything as it is, and brings nobody else down.
 */
export function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.emitWarning(`Background work failed, and is left undone: ${why}`);
  }
}
