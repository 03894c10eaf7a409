import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { useApi } from '../api.ts';
import { useConnection } from '../live/index.ts';
import { Banners } from './banners.tsx';
import { Logo } from './logo.tsx';
import { Nav } from './nav.tsx';
import { SlotsProvider } from './slots.tsx';
import { TokenPage } from './token-page.tsx';
import { TopBar } from './top-bar.tsx';
import styles from './shell.module.css';

/** What every page stands in. A page fills `main`, a column as high as the window, and scrolls inside itself. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const api = useApi();
  const connection = useConnection();
  // Asked again whenever the state of the cluster changes: its version and our identity come with it.
  const { data: info } = useQuery({
    queryKey: ['cluster', connection.cluster.kind, connection.version],
    queryFn: ({ signal }) => api.getCluster(signal),
    placeholderData: (previous) => previous,
    enabled: !connection.unauthorized,
  });
  if (connection.unauthorized) return <TokenPage />;
  return (
    <SlotsProvider>
      <div className={styles.app}>
        <a
          className={styles.skip}
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          Skip to the page
        </a>
        <header className={styles.header}>
          <div className={styles.brand}>
            <Logo />
            Kindscope
          </div>
          <TopBar context={info?.context} />
        </header>
        <Nav />
        <div className={styles.stage}>
          <Banners info={info} />
          <main id="main" ref={main} tabIndex={-1} className={styles.main}>
            <Outlet />
          </main>
        </div>
      </div>
    </SlotsProvider>
  );
}
