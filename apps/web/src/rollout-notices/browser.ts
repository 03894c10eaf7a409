import type { Live, ObjectQuery } from '../live/index.ts';
import type { RolloutNotices } from './notices-context.ts';
import { createBrowserNotifier } from './notifier.ts';
import { createWatchedRollouts } from './watched-rollouts.ts';

/** Notices of rollouts in a real browser; `open` shows the Rollout page of the one that was clicked. */
export function createBrowserNotices(
  live: Pick<Live, 'rollout'>,
  open: (rollout: ObjectQuery) => void,
): RolloutNotices {
  const notifier = createBrowserNotifier();
  const watched = createWatchedRollouts({
    live,
    storage: tabStorage(),
    tell: (notice) => notifier.show(notice, () => open(notice.of)),
  });
  // The right may have been taken back since the list was written: then nobody would be told.
  if (notifier.permission() !== 'granted') watched.snapshot().forEach(watched.remove);
  return { watched, notifier };
}

/** The tab's own storage; none where the browser does not allow it. */
function tabStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  try {
    return window.sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => {} };
  }
}
