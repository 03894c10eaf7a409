import type { JsonObject } from '@kindscope/kube';
import type { Freshness, ResourceRef } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { resourceParams } from '../../links.ts';
import type { Changes } from '../../live/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import type { ChosenStops } from '../../ui/scrubber/scrubber.tsx';
import { ComparedDetail } from './compared-detail.tsx';
import { HistoryBar } from './history-bar.tsx';
import { objectFacts } from './object-facts.ts';
import { ObjectHead } from './object-head.tsx';
import type { ComparedStates } from './object-history.ts';
import { ObjectNotice } from './object-notice.tsx';
import { ObjectSide } from './object-side.tsx';
import type { ObjectState } from './object-state.ts';
import { ObjectTabs, tabOf, type ObjectTab } from './object-tabs.tsx';
import { ObjectYaml } from './object-yaml.tsx';
import { useComparison, type Comparison } from './use-comparison.ts';
import type { ObjectHistory } from './use-object-history.ts';
import { WhatChanged } from './what-changed.tsx';
import styles from './object-page.module.css';

export interface ObjectBodyProps {
  readonly kind: string;
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
  readonly state: ObjectState;
  readonly freshness: Freshness;
  readonly changes: Changes;
  readonly history: ObjectHistory;
  /** Two states that are compared instead of what is now. */
  readonly compared: ComparedStates | undefined;
  /** States were asked to be compared that are not held. */
  readonly unheld: boolean;
  readonly onCompare: (keys: Partial<ChosenStops> | undefined) => void;
  readonly tab: string | undefined;
  readonly onTab: (tab: string | undefined) => void;
}

/** The page below the top bar, in whatever state the object is. */
export function ObjectBody(props: ObjectBodyProps) {
  const { state, resource, namespace, name, changes } = props;
  const object = shownObject(state);
  const facts = useMemo(() => (object === undefined ? undefined : objectFacts(object)), [object]);
  const tab = tabOf(props.tab);
  const { kind, history, compared } = props;
  const comparison = useComparison(
    useMemo(() => ({ resource, kind, namespace, name }), [resource, kind, namespace, name]),
    compared,
  );
  if (object === undefined && state.kind !== 'deleted') return <NoObject {...props} />;
  return (
    <div className={styles.page}>
      <ObjectHead resource={resource} namespace={namespace} name={name} facts={facts}>
        <ObjectTabs tab={tab} onChange={props.onTab} />
      </ObjectHead>
      <ObjectNotice state={state} freshness={props.freshness} facts={facts} />
      <HistoryBar
        history={history}
        changes={changes}
        compared={compared}
        unheld={props.unheld}
        onCompare={props.onCompare}
      />
      <div className={styles.split} data-tab={tab}>
        <div className={styles.main} id="object-main">
          {compared !== undefined && comparison !== undefined ? (
            <ComparedMain {...{ tab, compared, comparison }} redacted={facts?.redacted === true} />
          ) : tab === 'yaml' && object !== undefined ? (
            <ObjectYaml
              object={object}
              marked={state.kind === 'there' ? lastChangeOf(changes, object) : undefined}
              redacted={facts?.redacted === true}
            />
          ) : (
            <WhatChanged changes={changes} total={history.total} />
          )}
        </div>
        <aside className={styles.side} aria-label="About it">
          {facts !== undefined && (
            <ObjectSide facts={facts} resource={resource} namespace={namespace} history={history} />
          )}
        </aside>
      </div>
    </div>
  );
}

/** Two states compared: field by field, or the later one as YAML with what differs marked. */
function ComparedMain(props: {
  readonly tab: ObjectTab;
  readonly compared: ComparedStates;
  readonly comparison: Comparison;
  readonly redacted: boolean;
}) {
  const { tab, compared, comparison } = props;
  if (tab !== 'yaml' || comparison.kind !== 'there') {
    return <ComparedDetail compared={compared} comparison={comparison} />;
  }
  return (
    <ObjectYaml
      object={comparison.after}
      marked={comparison.change}
      legend="what differs between the two states"
      redacted={props.redacted}
    />
  );
}

function shownObject(state: ObjectState): JsonObject | undefined {
  if (state.kind === 'there') return state.object;
  return state.kind === 'deleted' ? state.last : undefined;
}

/** The newest change that is more than a heartbeat, if it is of this object and not of an earlier one of its name. */
function lastChangeOf(changes: Changes, object: JsonObject) {
  const metadata = object['metadata'];
  const uid =
    typeof metadata === 'object' && metadata !== null && 'uid' in metadata && metadata.uid;
  for (const entry of changes.entries) {
    if (entry.type === 'change' && entry.change.classes[0] !== 'heartbeat') {
      return entry.change.uid === uid ? entry.change : undefined;
    }
  }
  return undefined;
}

function NoObject({ state, kind, resource, namespace, name }: ObjectBodyProps) {
  const all = (
    <Link
      to="/r/$group/$version/$resource"
      params={resourceParams(resource)}
      search={namespace === '' ? {} : { namespace }}
      className={styles.all}
    >
      Show every {kind}
      {namespace !== '' && ` in ${namespace}`}
    </Link>
  );
  switch (state.kind) {
    case 'loading':
    case 'there':
    case 'deleted':
      return <EmptyState title={`Reading ${name}`} detail="Waiting for the first answer." />;
    case 'fault':
      return (
        <ErrorState title={state.title} detail={state.fault.detail} remedy={state.fault.remedy}>
          {all}
        </ErrorState>
      );
    case 'gone':
      return (
        <ErrorState
          title={`${kind} is no longer served`}
          detail="Its CRD was deleted, or this version is no longer served; its objects went with it."
        />
      );
    case 'missing':
      return (
        <EmptyState
          title={`There is no ${kind} ${name}${namespace === '' ? '' : ` in ${namespace}`}`}
          detail="Kindscope has not seen one of this name since it watches them. If one is created now, it appears here at once."
        >
          {all}
        </EmptyState>
      );
  }
}
