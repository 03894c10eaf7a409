import type { RolloutNode } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight, ChevronRight } from 'lucide-react';
import { objectParams } from '../../links.ts';
import { Hidden } from '../../ui/hidden.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { nodeState, nodeWord } from './rows/node-state.ts';
import type { NodeRow, RolloutRow } from './rows/rollout-rows.ts';
import styles from './lanes.module.css';

/** Deeper than that nothing is indented: the name needs the room. */
const mostIndent = 8;

/** What a lane is of: where it hangs in the tree, its kind, name and turn, and how much of it is ready. */
export function LaneNames(props: {
  readonly row: RolloutRow;
  /** Tab comes to this row. */
  readonly current: boolean;
  /** It leads to its object's page. A link in each row would cost more than all else of it. */
  readonly linked: boolean;
  readonly onFold: (row: RolloutRow, open: boolean) => void;
}) {
  const { row } = props;
  const depth = row.level - 1;
  const indent = Math.min(depth, mostIndent);
  return (
    <>
      <th scope="row" className={styles.name} style={{ '--level': indent } as object}>
        <Twisty row={row} onFold={props.onFold} />
        {depth > indent && (
          <span className={styles.quiet} title={`Level ${row.level} of the tree`}>
            {wholeNumber(row.level)}
          </span>
        )}
        {row.kind === 'group' ? (
          <span className={styles.text}>{row.group.text}</span>
        ) : (
          <NodeName row={row} current={props.current} linked={props.linked} />
        )}
      </th>
      <td className={styles.count} data-state={stateOf(row)}>
        {row.kind === 'node' && <NodeCount node={row.node} />}
      </td>
    </>
  );
}

function Twisty({
  row,
  onFold,
}: {
  readonly row: RolloutRow;
  readonly onFold: (row: RolloutRow, open: boolean) => void;
}) {
  if (row.open === undefined) return <span className={styles.twisty} />;
  return (
    <button
      type="button"
      className={styles.twisty}
      // The row says whether it is open, and takes the arrow keys.
      tabIndex={-1}
      aria-label={row.open ? 'Fold' : 'Unfold'}
      data-open={row.open}
      onClick={(event) => {
        event.stopPropagation();
        onFold(row, row.open !== true);
      }}
    >
      <ChevronRight aria-hidden="true" />
    </button>
  );
}

function NodeName(props: {
  readonly row: NodeRow;
  readonly current: boolean;
  readonly linked: boolean;
}) {
  const { row, current } = props;
  const { node, hidden } = row;
  const { kind, name, namespace, resource, turn, revision, deleted } = node;
  return (
    <>
      <span className={styles.kind}>{kind}</span>{' '}
      <span className={styles.text} data-gone={deleted !== undefined} title={titleOf(node)}>
        <Hidden>{name}</Hidden>
        <ClippedName name={name} />
      </span>
      {turn !== undefined && kind !== 'Pod' && (
        <span className={styles.turn}>
          · {turn}
          {revision !== undefined && <span className={styles.quiet}> rev {revision}</span>}
        </span>
      )}
      {hidden > 0 && (
        <span className={styles.quiet}>
          <span aria-hidden="true">+{wholeNumber(hidden)}</span>
          <Hidden> {wholeNumber(hidden)} more folded under it</Hidden>
        </span>
      )}
      <Behind node={node} />
      {props.linked && (
        <Link
          to="/r/$group/$version/$resource/o/$namespace/$name"
          params={objectParams(resource, namespace, name)}
          className={styles.goTo}
          aria-label={`Open ${kind} ${name}`}
          title={`Open ${kind} ${name}`}
          tabIndex={current ? 0 : -1}
          onClick={(event) => event.stopPropagation()}
        >
          <ArrowUpRight aria-hidden="true" />
        </Link>
      )}
    </>
  );
}

/** What tells one pod from the next stands at the end of its name: that stays where there is little room. */
function ClippedName({ name }: { readonly name: string }) {
  const end = name.lastIndexOf('-');
  return (
    <>
      <span aria-hidden="true">{end < 1 ? name : name.slice(0, end)}</span>
      {end >= 1 && <span aria-hidden="true">{name.slice(end)}</span>}
    </>
  );
}

/** Its controller has not seen the newest of what it shall be; what is to go shall be nothing more. */
function Behind({ node }: { readonly node: RolloutNode }) {
  const { generation, observedGeneration, deleting = false } = node;
  if (deleting) return null;
  if (observedGeneration === undefined || observedGeneration === generation) return null;
  return (
    <span
      className={styles.behind}
      title={`Generation ${generation}, of which its controller has seen ${observedGeneration}`}
    >
      gen {observedGeneration}/{generation}
    </span>
  );
}

function NodeCount({ node }: { readonly node: RolloutNode }) {
  const { ready, note, deleted } = node;
  if (deleted !== undefined) return 'gone';
  return (
    <>
      {ready === undefined ? (
        note
      ) : (
        <>
          {wholeNumber(ready.is)}/{wholeNumber(ready.of)}
          <Hidden> ready</Hidden>
        </>
      )}
      <Hidden>, {nodeWord(node)}</Hidden>
    </>
  );
}

function stateOf(row: RolloutRow): string {
  return row.kind === 'group' ? row.group.state : nodeState(row.node);
}

function titleOf({ kind, name, namespace, turn, revision, templateHash }: RolloutNode): string {
  return [
    `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
    turn === undefined ? undefined : turn === 'new' ? 'of what is rolled out' : 'of what was there',
    revision === undefined ? undefined : `revision ${revision}`,
    templateHash === undefined ? undefined : `template ${templateHash}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
