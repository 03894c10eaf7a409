import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface FillOptions {
  readonly server: string;
  readonly token: string;
  readonly seed: number;
  /** How many objects. */
  readonly count: number;
}

/**
 * Creates so many generated flags, in a thread of its own: the server has this one, so that both have their
 * hands full. Rejects with the first refusal, or when the signal aborts.
 */
export async function fill(options: FillOptions, signal: AbortSignal): Promise<void> {
  const worker = new Worker(new URL('./fill-worker.ts', import.meta.url), { workerData: options });
  try {
    const [status] = await once(worker, 'exit', { signal });
    if (status !== 0) throw new Error(`The thread that fills the cluster ended with ${status}.`);
  } finally {
    await worker.terminate();
  }
}
