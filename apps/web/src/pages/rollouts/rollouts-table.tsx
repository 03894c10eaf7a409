import type { RollingItem } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { objectParams } from '../../links.ts';
import { useNow } from '../../live/index.ts';
import { durationText } from '../../ui/changes/duration-text.ts';
import { classes } from '../../ui/classes.ts';
import { counted } from '../../ui/number.ts';
import { StatusWord } from '../../ui/status-glyph.tsx';
import { fullTime } from '../../ui/time.ts';
import { rollingGroups, stateWords } from './rolling-groups.ts';
import overview from '../../ui/overview.module.css';
import styles from './rollouts.module.css';

/** What is rolling, each object a line that leads to its Rollout page. */
export function RolloutsTable({ items }: { readonly items: readonly RollingItem[] }) {
  const groups = useMemo(() => rollingGroups(items), [items]);
  // Of most kinds the object alone does not say it.
  const isStartKnown = items.some(({ started }) => started !== undefined);
  return (
    <table className={overview.table}>
      <caption className={overview.caption}>What is rolling</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.name}>
            Object
          </th>
          <th scope="col" className={styles.namespace}>
            Namespace
          </th>
          <th scope="col" className={styles.state}>
            State
          </th>
          <th scope="col" className={styles.ready}>
            Ready
          </th>
          <th scope="col" className={styles.reason}>
            Reason
          </th>
          {isStartKnown && (
            <th scope="col" className={styles.started}>
              Started
            </th>
          )}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.name}>
          <tr className={styles.group}>
            <th scope="rowgroup" colSpan={3}>
              {group.name}
              <span>{counted(group.items.length, 'object')}</span>
            </th>
          </tr>
          {group.items.map((item) => (
            <RollingRow key={item.uid} item={item} isStartKnown={isStartKnown} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

const RollingRow = memo(function RollingRow(props: {
  readonly item: RollingItem;
  /** There is a column for it. */
  readonly isStartKnown: boolean;
}) {
  const { item } = props;
  const { status, word } = stateWords[item.state.kind];
  const { ready } = item;
  return (
    <tr className={overview.row}>
      <th scope="row" className={styles.name}>
        <span className={styles.kind}>
          {item.kind}
          {item.namespace !== '' && <span className={styles.place}> in {item.namespace}</span>}
        </span>{' '}
        <Link
          to="/rollout/$group/$version/$resource/$namespace/$name"
          params={objectParams(item.resource, item.namespace, item.name)}
          className={classes(overview.link, styles.link)}
          title={item.name}
        >
          {item.name}
        </Link>
      </th>
      <td className={styles.namespace}>{item.namespace}</td>
      <td className={styles.state}>
        <StatusWord status={status}>
          {word} <Since at={item.state.since} />
        </StatusWord>
      </td>
      <td className={styles.ready}>{ready !== undefined && `${ready.is}/${ready.of}`}</td>
      <td className={styles.reason} title={item.state.reason}>
        {item.state.reason}
      </td>
      {props.isStartKnown && (
        <td className={styles.started}>
          {item.started !== undefined && (
            <>
              <Since at={item.started} /> ago
            </>
          )}
        </td>
      )}
    </tr>
  );
});

/** How long it is ago, ticking. */
function Since({ at }: { readonly at: number }) {
  const now = useNow();
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={fullTime(instant)}>
      {durationText(Math.floor(Math.max(0, now - at) / 1000) * 1000)}
    </time>
  );
}
