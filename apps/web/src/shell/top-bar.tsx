import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api.ts';
import { useConnection } from '../live/index.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useSlots } from './slots.tsx';
import styles from './top-bar.module.css';

/** Where you are, and how fresh what you see is. */
export function TopBar() {
  const { setCrumbs, freshness } = useSlots();
  const api = useApi();
  const connection = useConnection();
  const cluster = useQuery({
    queryKey: ['cluster'],
    queryFn: ({ signal }) => api.getCluster(signal),
  });
  return (
    <header className={styles.bar}>
      <nav aria-label="Where you are" className={styles.where}>
        <ol ref={setCrumbs} className={styles.crumbs} />
      </nav>
      <div className={styles.grow} />
      <Freshness
        value={freshness ?? { kind: 'reconnecting', since: connection.since }}
        context={cluster.data?.context}
      />
    </header>
  );
}
