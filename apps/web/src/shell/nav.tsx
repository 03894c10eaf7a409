import type { ResourceInfo } from '@kindscope/protocol';
import { Link, useParams } from '@tanstack/react-router';
import { Activity, List } from 'lucide-react';
import { resourceParams, type ResourceParams } from '../links.ts';
import { useCatalog } from '../live/index.ts';
import { Hidden } from '../ui/hidden.tsx';
import { wholeNumber } from '../ui/number.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import styles from './nav.module.css';

/** As many as stand in a window of ordinary height. */
const mostWatched = 12;

/** The pages, and the kinds that are watched now; at the bottom of a narrow window. */
export function Nav() {
  const { items } = useCatalog();
  const shown = useParams({ strict: false });
  const custom = items.filter((item) => item.crd !== undefined).length;
  const watched = items.filter(isWatched);
  return (
    <nav className={styles.nav} aria-label="Pages">
      <Link to="/" className={styles.link} activeOptions={{ exact: true, includeSearch: false }}>
        <List aria-hidden="true" />
        <b>Catalogue</b>
        {custom > 0 && <span>{wholeNumber(custom)}</span>}
      </Link>
      <Link to="/status" className={styles.link}>
        <Activity aria-hidden="true" />
        <b>Status</b>
      </Link>
      {watched.length > 0 && (
        <section className={styles.watched} aria-labelledby="watched">
          <h2 id="watched">Watched now</h2>
          {watched.slice(0, mostWatched).map((info) => (
            <Link
              key={info.id}
              to="/r/$group/$version/$resource"
              params={paramsOf(info, shown)}
              activeOptions={{ includeSearch: false }}
              className={styles.link}
              title={info.id}
            >
              <Dot />
              <b>{info.kind}</b>
              <Hidden>, watched</Hidden>
              {info.count !== undefined && <span>{wholeNumber(info.count.value)}</span>}
            </Link>
          ))}
          {watched.length > mostWatched && (
            <Link to="/status" className={styles.link}>
              <Dot />
              <b>{watched.length - mostWatched} more</b>
            </Link>
          )}
        </section>
      )}
      <div className={styles.theme}>
        <ThemeSwitch />
      </div>
    </nav>
  );
}

/** Its page; where that is shown now in another version than the preferred one, in that version. */
function paramsOf(info: ResourceInfo, shown: Partial<ResourceParams>): ResourceParams {
  const params = resourceParams(info);
  const { version } = shown;
  const isShown = params.group === shown.group && params.resource === shown.resource;
  return isShown && version !== undefined ? { ...params, version } : params;
}

/** The CRDs are always watched, for the catalogue: nobody needs to be told. */
function isWatched({ id, watch }: ResourceInfo): boolean {
  return (
    watch !== 'unwatched' &&
    watch !== 'gone' &&
    id !== 'apiextensions.k8s.io/customresourcedefinitions'
  );
}

function Dot() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="8" cy="8" r="2.4" />
    </svg>
  );
}
