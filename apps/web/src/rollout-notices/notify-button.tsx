import { Bell, BellRing } from 'lucide-react';
import { useState } from 'react';
import type { ObjectQuery } from '../live/index.ts';
import { Button } from '../ui/button.tsx';
import { useNotices } from './notices-context.ts';
import type { Permission } from './notifier.ts';
import { keyOf, mostWatched } from './watched-rollouts.ts';
import styles from './notices.module.css';

const refusals: Record<Exclude<Permission, 'granted'>, string> = {
  denied: 'The browser does not allow notifications of this page: allow them beside its address.',
  default: 'The browser has asked, and nobody has answered.',
  unsupported: 'This browser has no notifications here: they need https, or localhost.',
};

/** Has the browser tell when this rollout gets stuck or healthy, on whatever page the tab is then. */
export function NotifyButton({ rollout }: { readonly rollout: ObjectQuery }) {
  const { list, watched, notifier } = useNotices();
  const [refusal, setRefusal] = useState<string>();
  const on = list.some((one) => keyOf(one) === keyOf(rollout));
  const toggle = async (): Promise<void> => {
    setRefusal(undefined);
    if (on) {
      watched.remove(rollout);
      return;
    }
    const permission = await notifier.ask();
    if (permission !== 'granted') setRefusal(refusals[permission]);
    else if (!watched.add(rollout)) {
      setRefusal(`${mostWatched} rollouts are told of already: take one off on the Rollouts page.`);
    }
  };
  return (
    <>
      <Button
        on={on}
        title="A notification of the browser when it gets stuck, fails or gets healthy, while this tab is open"
        onClick={() => void toggle()}
      >
        {on ? <BellRing aria-hidden="true" /> : <Bell aria-hidden="true" />}
        Notify me
      </Button>
      {refusal !== undefined && (
        <span role="alert" className={styles.refusal}>
          {refusal}
        </span>
      )}
    </>
  );
}
