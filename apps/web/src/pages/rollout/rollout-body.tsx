import type { ResourceRef, RolloutNode } from '@kindscope/protocol';
import { GitCompareArrows } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useConnection, type RolloutSnapshot } from '../../live/index.ts';
import { NotifyButton } from '../../rollout-notices/notify-button.tsx';
import type { RolloutSearch } from '../../search.ts';
import { Button } from '../../ui/button.tsx';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { formatOpen, openChange } from '../timeline/change-link.ts';
import { Lanes } from './lanes.tsx';
import { LacksNotice } from './panes/lacks-notice.tsx';
import { RolloutHead } from './rollout-head.tsx';
import { RolloutNotice } from './rollout-notice.tsx';
import { RolloutPanes } from './rollout-panes.tsx';
import { rolloutTab } from './rollout-url.ts';
import { isUnder, rolloutRows, type RolloutRow } from './rows/rollout-rows.ts';
import { SpanControl } from './span-control.tsx';
import { useCoverage } from './use-coverage.ts';
import type { RolloutView } from './use-rollout-view.ts';
import styles from './rollout.module.css';

export interface RolloutObject {
  readonly resource: ResourceRef;
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
}

/** Narrower than that, panes are tabs; pixels. */
const narrow = 780;

/** The rollout below the bar: how far it is, its lanes, and what is to be read of it. */
export function RolloutBody(props: {
  readonly object: RolloutObject;
  readonly kind: string;
  readonly rollout: RolloutView;
  readonly search: RolloutSearch;
  readonly onChange: (patch: RolloutSearch) => void;
}) {
  const { object, search, onChange } = props;
  const { view, shown, waiting, asOf } = props.rollout;
  const page = useRef<HTMLDivElement>(null);
  const width = useElementWidth(page);
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rootUid = rootOf(shown);
  const rows = useMemo(
    () => rolloutRows(shown.nodes, rootUid, folds, search.node),
    [shown, rootUid, folds, search.node],
  );
  const coverage = useCoverage(shown.nodes, object.namespace);
  const { marks, events } = shown;
  const sources = useMemo(
    () => ({ marks, coverage, events: Map.groupBy(events, ({ about }) => about) }),
    [marks, events, coverage],
  );
  const rowsNow = useRef(rows);
  useEffect(() => {
    rowsNow.current = rows;
  });
  const fold = useCallback(
    ({ key }: RolloutRow, open: boolean) => {
      setFolds((before) => new Map(before).set(key, open));
      // What is chosen would keep its branch open.
      if (!open && isUnder(rowsNow.current, search.node, key)) onChange({ node: '' });
    },
    [onChange, search.node],
  );
  const select = useCallback(
    (row: RolloutRow) => {
      if (row.kind === 'group') fold(row, row.open !== true);
      else onChange({ node: row.key === search.node ? '' : row.key });
    },
    [fold, onChange, search.node],
  );
  const { instance } = useConnection();
  const { open, openId } = openChange(search.change, instance);
  const setOpen = useCallback(
    (id: number | undefined) => onChange({ change: formatOpen(id, instance) }),
    [onChange, instance],
  );
  const tab = rolloutTab(search);
  return (
    <div ref={page} className={styles.page}>
      {rows.length > 0 && (
        <RolloutHead
          root={shown.nodes.get(rootUid ?? '')}
          summary={shown.summary}
          view={view}
          waiting={waiting}
          asOf={asOf}
        >
          {width < narrow && <SpanControl view={view} summary={shown.summary} />}
          <NotifyButton rollout={object} />
          {width >= narrow && (
            <Button
              on={tab === 'compare'}
              title="Beside the rollout before it"
              onClick={() => onChange({ tab: tab === 'compare' ? '' : 'compare' })}
            >
              <GitCompareArrows aria-hidden="true" />
              Compare
            </Button>
          )}
        </RolloutHead>
      )}
      <LacksNotice lacks={shown.lacks} />
      {rows.length === 0 ? (
        <RolloutNotice rollout={shown} kind={props.kind} object={object} />
      ) : (
        <>
          <Lanes
            label={`${props.kind} ${object.name} and what it owns`}
            rows={rows}
            sources={sources}
            view={view}
            asOf={asOf}
            corner={width >= narrow && <SpanControl view={view} summary={shown.summary} />}
            selected={search.node}
            open={openId}
            onSelect={select}
            onFold={fold}
            onOpen={setOpen}
            onEvent={(row) => onChange({ node: row.key, change: '', tab: 'events' })}
            onLeave={() => onChange({ node: '', change: '' })}
          />
          <RolloutPanes
            object={object}
            rollout={shown}
            asOf={asOf}
            tab={tab}
            node={search.node}
            open={open}
            narrow={width < narrow}
            onTab={(next) => onChange({ tab: next === 'why' ? '' : next })}
            onNode={(uid) => onChange({ node: uid })}
            onOpen={setOpen}
          />
        </>
      )}
    </div>
  );
}

/** The object itself; of one that is gone the last that was there. */
function rootOf({ root, nodes }: RolloutSnapshot): string | null {
  if (typeof root === 'string') return root;
  let last: RolloutNode | undefined;
  for (const node of nodes.values()) {
    if (node.parent === undefined && node.created >= (last?.created ?? 0)) last = node;
  }
  return last?.uid ?? null;
}
