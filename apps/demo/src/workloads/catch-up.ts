import type { Clock } from '@kindscope/informer';
import type { ClusterCache } from './cluster-view.ts';
import type { Resource } from './kinds.ts';

/** What a watch has not told us of after so long is not waited for: something is wrong with it. */
const patienceMs = 60_000;

/** Resolves when the cache shows it, or when nobody should wait any longer. */
export function caughtUp(
  { cache, clock }: { readonly cache: ClusterCache; readonly clock: Clock },
  resource: Resource,
  isSeen: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    if (isSeen() || signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      stop();
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const stop = cache.onChange(resource, () => {
      if (isSeen()) end();
    });
    const cancel = clock.after(patienceMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
