/** Work that is done once whatever is being done now is over. */
export interface Background {
  run(work: () => void): void;
}

/**
 * Runs what it is given in order, after the write that brought it about. Kubernetes' controllers take
 * a while; here nobody waits, but nothing happens inside another write either.
 */
export function createBackground(): Background {
  const waiting: (() => void)[] = [];

  function drain(): void {
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) work();
  }

  return {
    run(work) {
      waiting.push(work);
      if (waiting.length === 1) queueMicrotask(drain);
    },
  };
}
