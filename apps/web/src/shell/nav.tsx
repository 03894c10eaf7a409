import { gvrKey } from '@kindscope/kube';
import type { ResourceInfo, ResourceRef } from '@kindscope/protocol';
import { Link, useMatch, useParams } from '@tanstack/react-router';
import { Activity, ChartNoAxesGantt, List, ListTree } from 'lucide-react';
import { resourceParams, type ResourceParams } from '../links.ts';
import { useCatalog, useRollingCount } from '../live/index.ts';
import { useKeptWatches } from '../pins.ts';
import { Hidden } from '../ui/hidden.tsx';
import { wholeNumber } from '../ui/number.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import styles from './nav.module.css';

/** As many as stand in a window of ordinary height. */
const mostWatched = 12;

/** The pages, the kinds that are pinned, and those that are watched now; at the bottom of a narrow window. */
export function Nav() {
  const { items } = useCatalog();
  const shown = useParams({ strict: false });
  const custom = items.filter((item) => item.crd !== undefined).length;
  const pinned = useKeptWatches().map(({ resource }) => ({
    resource,
    info: items.find((item) => isOf(item, resource)),
  }));
  const watched = items.filter(
    (item) => isWatched(item) && !pinned.some(({ resource }) => isOf(item, resource)),
  );
  return (
    <nav className={styles.nav} aria-label="Pages">
      <Link to="/" className={styles.link} activeOptions={{ exact: true, includeSearch: false }}>
        <List aria-hidden="true" />
        <b>Catalogue</b>
        {custom > 0 && <span>{wholeNumber(custom)}</span>}
      </Link>
      <Link to="/timeline" className={styles.link} activeOptions={{ includeSearch: false }}>
        <ChartNoAxesGantt aria-hidden="true" />
        <b>Timeline</b>
      </Link>
      <RolloutsLink />
      <Link to="/status" className={styles.link}>
        <Activity aria-hidden="true" />
        <b>Status</b>
      </Link>
      {pinned.length > 0 && (
        <section className={styles.watched} aria-labelledby="pinned">
          <h2 id="pinned">Pinned</h2>
          {pinned.map(({ resource, info }) => (
            <KindLink
              key={gvrKey(resource)}
              to={resourceParams(resource)}
              kind={info?.kind ?? resource.resource}
              id={info?.id ?? resource.resource}
              count={info?.count?.value}
              said="pinned"
            />
          ))}
        </section>
      )}
      {watched.length > 0 && (
        <section className={styles.watched} aria-labelledby="watched">
          <h2 id="watched">Watched now</h2>
          {watched.slice(0, mostWatched).map((info) => (
            <KindLink
              key={info.id}
              to={paramsOf(info, shown)}
              kind={info.kind}
              id={info.id}
              count={info.count?.value}
              said="watched"
            />
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

/** Also leads back from one rollout to all of them. */
function RolloutsLink() {
  const count = useRollingCount();
  const isOne = useMatch({
    from: '/rollout/$group/$version/$resource/$namespace/$name',
    shouldThrow: false,
    select: () => true,
  });
  return (
    <Link
      to="/rollouts"
      className={styles.link}
      activeOptions={{ includeSearch: false }}
      data-within={isOne === true}
    >
      <ListTree aria-hidden="true" />
      <b>Rollouts</b>
      {count !== undefined && count > 0 && <span>{wholeNumber(count)}</span>}
    </Link>
  );
}

function KindLink(props: {
  readonly to: ResourceParams;
  readonly kind: string;
  readonly id: string;
  readonly count: number | undefined;
  /** Why it stands here, for those who do not see the heading above it. */
  readonly said: string;
}) {
  return (
    <Link
      to="/r/$group/$version/$resource"
      params={props.to}
      activeOptions={{ includeSearch: false }}
      className={styles.link}
      title={props.id}
    >
      <Dot />
      <b>{props.kind}</b>
      <Hidden>, {props.said}</Hidden>
      {props.count !== undefined && <span>{wholeNumber(props.count)}</span>}
    </Link>
  );
}

function isOf(info: ResourceInfo, { group, resource }: ResourceRef): boolean {
  return info.group === group && info.resource === resource;
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
