import { createContext, use, useSyncExternalStore } from 'react';
import type { ObjectQuery } from '../live/index.ts';
import type { Notifier } from './notifier.ts';
import type { WatchedRollouts } from './watched-rollouts.ts';

export interface RolloutNotices {
  readonly watched: WatchedRollouts;
  readonly notifier: Pick<Notifier, 'ask'>;
}

const NoticesContext = createContext<RolloutNotices | undefined>(undefined);
export const NoticesProvider = NoticesContext.Provider;

/** The rollouts that this tab tells of, and how to change which. */
export function useNotices(): RolloutNotices & { readonly list: readonly ObjectQuery[] } {
  const notices = use(NoticesContext);
  if (notices === undefined) throw new Error('useNotices needs a NoticesProvider above it');
  const { subscribe, snapshot } = notices.watched;
  return { ...notices, list: useSyncExternalStore(subscribe, snapshot) };
}
