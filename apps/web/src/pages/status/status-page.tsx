import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api.ts';
import { useConnection } from '../../live/index.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs } from '../../shell/slots.tsx';
import { ThemeSwitch } from '../../shell/theme-switch.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { counted } from '../../ui/number.ts';
import { Lacks } from '../lacks.tsx';
import { ClusterFacts } from './cluster-facts.tsx';
import { InformerTable } from './informer-table.tsx';
import styles from './status.module.css';

/** What Kindscope is connected to, and how each of its informers is. */
export function StatusPage() {
  const api = useApi();
  const connection = useConnection();
  const cluster = useQuery({
    queryKey: ['cluster', connection.cluster.kind, connection.version],
    queryFn: ({ signal }) => api.getCluster(signal),
    placeholderData: (previous) => previous,
  });
  const informers = useQuery({
    queryKey: ['informers'],
    queryFn: async ({ signal }) => (await api.getInformers(signal)).items,
    refetchInterval: 2_000,
  });
  return (
    <>
      <title>Status · Kindscope</title>
      <Crumbs>
        <Crumb current>
          <h1>Status</h1>
        </Crumb>
      </Crumbs>
      <Lacks />
      <div className={styles.scroll}>
        <section aria-labelledby="status-cluster">
          <h2 id="status-cluster" className={styles.heading}>
            Cluster
          </h2>
          {cluster.data !== undefined && (
            <ClusterFacts info={cluster.data} connection={connection} />
          )}
          {cluster.data === undefined && cluster.error !== null && (
            <ErrorState title="Kindscope did not say" detail={cluster.error.message} />
          )}
        </section>
        <section aria-labelledby="status-informers">
          <h2 id="status-informers" className={styles.heading}>
            Informers
            {informers.data !== undefined && informers.data.length > 0 && (
              <span>{counted(informers.data.length, 'resource')} watched</span>
            )}
          </h2>
          {informers.data !== undefined && informers.data.length > 0 && (
            <InformerTable informers={informers.data} stale={informers.isError} />
          )}
          {informers.data?.length === 0 && (
            <EmptyState
              title="Nothing is watched"
              detail="Kindscope watches what somebody looks at. Open a kind and its informer appears here."
            />
          )}
          {informers.data === undefined && informers.error !== null && (
            <ErrorState title="The informers cannot be shown" detail={informers.error.message} />
          )}
        </section>
        <section aria-labelledby="status-theme" className={styles.theme}>
          <h2 id="status-theme" className={styles.heading}>
            Theme
          </h2>
          <ThemeSwitch />
        </section>
      </div>
    </>
  );
}
