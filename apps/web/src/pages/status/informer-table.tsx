import { gvrKey } from '@kindscope/kube';
import type { Freshness, InformerInfo } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { resourceParams } from '../../links.ts';
import { freshnessWords } from '../../ui/freshness.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { StatusWord, type Status } from '../../ui/status-glyph.tsx';
import { clockTime } from '../../ui/time.ts';
import { Age } from '../age.tsx';
import styles from './status.module.css';

/** Each informer: how it stands, what it has, and what went wrong last. */
export function InformerTable(props: {
  readonly informers: readonly InformerInfo[];
  /** The last request failed: this is what the one before it said. */
  readonly stale: boolean;
}) {
  return (
    <div className={styles.wide}>
      <table className={styles.table} data-stale={props.stale}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" className={styles.optional}>
              Resource
            </th>
            <th scope="col" className={styles.optional}>
              Namespace
            </th>
            <th scope="col">State</th>
            <th scope="col" className={styles.number}>
              Objects
            </th>
            <th scope="col" className={`${styles.number} ${styles.optional}`}>
              Events
            </th>
            <th scope="col" className={`${styles.number} ${styles.optional}`}>
              Relists
            </th>
            <th scope="col" className={`${styles.number} ${styles.optional}`}>
              Failures
            </th>
            <th
              scope="col"
              className={`${styles.number} ${styles.heard}`}
              title="An event or a bookmark"
            >
              Last heard
            </th>
            <th scope="col" className={`${styles.number} ${styles.optional}`}>
              Viewers
            </th>
          </tr>
        </thead>
        <tbody>
          {props.informers.toSorted(wholeFirst).map((informer) => (
            <InformerRows key={keyOf(informer)} informer={informer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function InformerRows({ informer }: { readonly informer: InformerInfo }) {
  const { counters, lastFault } = informer;
  const heard = lastOf(informer.lastEventAt, informer.lastBookmarkAt);
  return (
    <>
      <tr className={styles.row}>
        <th scope="row">
          <Link
            to="/r/$group/$version/$resource"
            params={resourceParams(informer.resource)}
            search={informer.namespace === undefined ? {} : { namespace: informer.namespace }}
          >
            {informer.kind}
          </Link>
          {informer.metadataOnly === true && (
            <span className={styles.note} title="To find who owns what: not whole objects">
              metadata
            </span>
          )}
        </th>
        <td className={styles.optional}>
          <code title={`At resourceVersion ${informer.resourceVersion ?? 'none yet'}`}>
            {gvrKey(informer.resource)}
          </code>
        </td>
        <td className={styles.optional}>{informer.namespace ?? 'All'}</td>
        <td>
          <StatusWord status={statusOf[informer.freshness.kind]}>
            {freshnessWords(informer.freshness)}
          </StatusWord>
        </td>
        <td className={styles.number}>{wholeNumber(informer.objects)}</td>
        <td className={`${styles.number} ${styles.optional}`}>{wholeNumber(counters.events)}</td>
        <td className={`${styles.number} ${styles.optional}`}>{wholeNumber(counters.relists)}</td>
        <td className={`${styles.number} ${styles.optional}`}>{wholeNumber(counters.failures)}</td>
        <td className={`${styles.number} ${styles.heard}`}>
          {heard === undefined ? 'Not yet' : <Age since={heard} />}
        </td>
        <td className={`${styles.number} ${styles.optional}`}>{wholeNumber(informer.viewers)}</td>
      </tr>
      {lastFault !== undefined && (
        <tr className={styles.faultRow}>
          <td colSpan={10}>
            <p>
              {informer.freshness.kind === 'live' ? 'Last error, over since' : 'Error'} at{' '}
              {clockTime(lastFault.at)}: {lastFault.detail}
            </p>
            {lastFault.remedy !== undefined && <p className={styles.remedy}>{lastFault.remedy}</p>}
          </td>
        </tr>
      )}
    </>
  );
}

/** Of one resource in one namespace there may be several: whole, metadata alone, for a rollout's eyes only. */
function keyOf({ resource, namespace, metadataOnly, startedAt }: InformerInfo): string {
  return JSON.stringify([gvrKey(resource), namespace, metadataOnly, startedAt]);
}

/** An open rollout looks at the metadata of dozens of kinds: they stand below what is watched whole. */
function wholeFirst(a: InformerInfo, b: InformerInfo): number {
  return Number(a.metadataOnly ?? false) - Number(b.metadataOnly ?? false);
}

const statusOf: Record<Freshness['kind'], Status> = {
  syncing: 'working',
  live: 'healthy',
  reconnecting: 'working',
  stale: 'failing',
  forbidden: 'failing',
  gone: 'unknown',
};

function lastOf(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined) return b;
  return b === undefined || a > b ? a : b;
}
