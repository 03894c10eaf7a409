import { Link } from '@tanstack/react-router';
import { Activity, List } from 'lucide-react';
import { useCatalog } from '../live/index.ts';
import styles from './nav.module.css';

/** The pages; at the bottom of a narrow window. */
export function Nav() {
  const { items } = useCatalog();
  const custom = items.filter((item) => item.crd !== undefined).length;
  return (
    <nav className={styles.nav} aria-label="Pages">
      <Link to="/" className={styles.link} activeOptions={{ exact: true, includeSearch: false }}>
        <List aria-hidden="true" />
        Catalogue
        {custom > 0 && <span>{custom}</span>}
      </Link>
      <Link to="/status" className={styles.link}>
        <Activity aria-hidden="true" />
        Status
      </Link>
    </nav>
  );
}
