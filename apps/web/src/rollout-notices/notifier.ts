import type { RolloutNotice } from './rollout-notice.ts';
import { keyOf } from './watched-rollouts.ts';

/** Whether the browser shows what it is told. */
export type Permission = 'granted' | 'denied' | 'default' | 'unsupported';

export interface Notifier {
  readonly permission: () => Permission;
  /** Asks whoever sits there, unless they have answered before. Only to be called when they asked for it. */
  readonly ask: () => Promise<Permission>;
  readonly show: (notice: RolloutNotice, onClick: () => void) => void;
}

/** The browser's own notifications. */
export function createBrowserNotifier(): Notifier {
  const isThere = 'Notification' in window;
  const permission = (): Permission => (isThere ? Notification.permission : 'unsupported');
  return {
    permission,
    ask: async () => (permission() === 'default' ? Notification.requestPermission() : permission()),
    show: ({ of, title, body }, onClick) => {
      if (permission() !== 'granted') return;
      try {
        // A newer one of the same rollout takes the place of the last.
        const shown = new Notification(title, { body, tag: `kindscope ${keyOf(of)}` });
        shown.addEventListener('click', () => {
          window.focus();
          onClick();
          shown.close();
        });
      } catch {
        // Browsers of phones have the constructor and refuse to be called outside of a service worker.
      }
    },
  };
}
