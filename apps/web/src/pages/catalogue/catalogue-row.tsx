import type { ResourceInfo } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { resourceParams } from '../../links.ts';
import { classes } from '../../ui/classes.ts';
import { Hidden } from '../../ui/hidden.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { StatusWord } from '../../ui/status-glyph.tsx';
import { clockTime } from '../../ui/time.ts';
import { Age } from '../age.tsx';
import { isListable, perMinute } from './catalogue-items.ts';
import { VersionMarks } from './version-marks.tsx';
import { WatchCell } from './watch-cell.tsx';
import overview from '../../ui/overview.module.css';
import styles from './catalogue.module.css';

/** One kind. Items that did not change are the same object, so only what changed is drawn again. */
export const CatalogueRow = memo(function CatalogueRow(props: {
  readonly info: ResourceInfo;
  readonly isNew: boolean;
}) {
  const { info } = props;
  const health = info.crd?.health;
  const trouble = health?.status === 'failing' ? health.message : undefined;
  return (
    <>
      <tr className={classes(overview.row, props.isNew && styles.new)}>
        <th scope="row" className={styles.kind}>
          {isListable(info) ? (
            <Link
              to="/r/$group/$version/$resource"
              params={resourceParams(info)}
              className={overview.link}
            >
              {info.kind}
            </Link>
          ) : (
            info.kind
          )}
        </th>
        <td className={styles.name}>
          <code title={[info.resource, ...info.shortNames].join(' · ')}>
            {[info.resource, ...info.shortNames].join(' · ')}
          </code>
        </td>
        <td className={styles.versions}>
          <VersionMarks info={info} />
        </td>
        <td className={styles.scope}>{info.namespaced ? 'Namespaced' : 'Cluster'}</td>
        <td className={styles.objects}>
          <Count info={info} />
        </td>
        <td className={styles.changes}>
          <WatchCell info={info} />
        </td>
        <td className={styles.rate}>{rateText(perMinute(info))}</td>
        <td className={styles.health}>
          {info.crd !== undefined && (
            <StatusWord status={info.crd.health.status}>
              <span className={styles.reason} title={info.crd.health.message}>
                {info.crd.health.reason}
              </span>
            </StatusWord>
          )}
        </td>
        <td className={styles.age}>{info.crd !== undefined && <Age since={info.crd.created} />}</td>
      </tr>
      {trouble !== undefined && (
        <tr className={styles.trouble}>
          <td colSpan={3}>{trouble}</td>
        </tr>
      )}
    </>
  );
});

function Count({ info }: { readonly info: ResourceInfo }) {
  if (info.count === undefined) return null;
  const { value, source, at } = info.count;
  if (source === 'cache') return <b>{wholeNumber(value)}</b>;
  const when = `counted at ${clockTime(at)}`;
  return (
    <span title={`${wholeNumber(value)} ${when}; not watched since`}>
      {wholeNumber(value)}
      <Hidden>, {when}</Hidden>
    </span>
  );
}

function rateText(rate: number | undefined): string {
  if (rate === undefined || rate === 0) return '';
  return rate < 1 ? '< 1' : wholeNumber(rate);
}
