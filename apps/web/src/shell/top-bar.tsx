import { useConnection } from '../live/index.ts';
import { Freshness } from '../ui/freshness.tsx';
import { FindBox } from './find-box.tsx';
import { shownFreshness } from './shown-freshness.ts';
import { useSlots } from './slots.tsx';
import styles from './top-bar.module.css';

/** Where you are, and how fresh what you see is. */
export function TopBar({ context }: { readonly context: string | undefined }) {
  const { setCrumbs, freshness } = useSlots();
  const connection = useConnection();
  return (
    <div className={styles.bar}>
      <nav aria-label="Where you are" className={styles.where}>
        <ol ref={setCrumbs} className={styles.crumbs} />
      </nav>
      <FindBox />
      <Freshness value={shownFreshness(connection, freshness)} context={context} />
    </div>
  );
}
