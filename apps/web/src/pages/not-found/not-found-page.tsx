import { Link, useLocation } from '@tanstack/react-router';
import { resourceParams } from '../../links.ts';
import { useCatalog } from '../../live/index.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { findTargets } from '../../shell/find-targets.ts';
import { Crumbs } from '../../shell/slots.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './not-found.module.css';

/** The address leads to no page: what is near it, and where to start. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  const { items } = useCatalog();
  const near = nearestTo(pathname, items);
  return (
    <>
      <title>No such page · Kindscope</title>
      <Crumbs>
        <Crumb current>
          <h1>No such page</h1>
        </Crumb>
      </Crumbs>
      <EmptyState
        title={`There is no page at ${pathname}`}
        detail={
          near.length > 0
            ? 'These are near it, by their names:'
            : 'Kinds are at /r/group/version/resource; the catalogue leads to each.'
        }
      >
        <ul className={styles.near}>
          {near.map((info) => (
            <li key={info.id}>
              <Link to="/r/$group/$version/$resource" params={resourceParams(info)}>
                {info.kind}
              </Link>
              <span>{info.id}</span>
            </li>
          ))}
          <li>
            <Link to="/">Catalogue</Link>
            <span>every kind of the cluster</span>
          </li>
        </ul>
      </EmptyState>
    </>
  );
}

const mostNear = 5;

/** Kinds that a word of the path finds, from its end, where the most particular one stands. */
function nearestTo(pathname: string, items: ReturnType<typeof useCatalog>['items']) {
  for (const word of pathname.split('/').toReversed()) {
    if (word.length < 2) continue;
    const near = findTargets(items, word).flatMap((target) =>
      target.kind === 'resource' ? [target.info] : [],
    );
    if (near.length > 0) return near.slice(0, mostNear);
  }
  return [];
}
