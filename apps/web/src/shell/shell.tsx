import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { Logo } from './logo.tsx';
import { Nav } from './nav.tsx';
import { SlotsProvider } from './slots.tsx';
import { TopBar } from './top-bar.tsx';
import styles from './shell.module.css';

/** What every page stands in. A page fills `main`, a column as high as the window, and scrolls inside itself. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
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
        <div className={styles.brand}>
          <Logo />
          Kindscope
        </div>
        <TopBar />
        <Nav />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
      </div>
    </SlotsProvider>
  );
}
