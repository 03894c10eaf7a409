import { useMemo, useState } from 'react';
import { useNow, type RolloutSnapshot } from '../../../live/index.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { counted, wholeNumber } from '../../../ui/number.ts';
import { AsOf } from '../as-of.tsx';
import { EventLine } from './event-line.tsx';
import { Pane } from './pane.tsx';
import { branchOf, isWarning, shownEvents } from './shown-events.ts';
import styles from './panes.module.css';

/** As many as one reads; the rest when asked for. */
const step = 100;

/** The Kubernetes Events of the tree, newest first; of the selected node and what hangs under it where one is. */
export function EventsPane(props: {
  readonly rollout: Pick<RolloutSnapshot, 'events' | 'nodes' | 'ready'>;
  readonly asOf?: string | undefined;
  /** The selected node's uid. */
  readonly node: string | undefined;
  readonly onNode: (uid: string) => void;
}) {
  const { events, nodes, ready } = props.rollout;
  const now = useNow();
  const [wide, setWide] = useState(false);
  const [warnings, setWarnings] = useState(false);
  const [most, setMost] = useState(step);
  const selected = props.node === undefined ? undefined : nodes.get(props.node);
  const isNarrowed = selected?.parent !== undefined;
  const branch = useMemo(
    () => (isNarrowed && !wide ? branchOf(nodes, selected.uid) : undefined),
    [isNarrowed, wide, nodes, selected],
  );
  const ofBranch = useMemo(
    () => shownEvents(events, { branch, warnings: false }),
    [events, branch],
  );
  const shown = warnings ? ofBranch.filter(isWarning) : ofBranch;
  const warningCount = ofBranch.filter(isWarning).length;
  return (
    <Pane label="Kubernetes Events">
      <header className={styles.head}>
        <h2>Kubernetes Events</h2>
        <span className={styles.lead}>{wholeNumber(ofBranch.length)}</span>
        <AsOf>{props.asOf}</AsOf>
        <span className={styles.grow} />
        {isNarrowed && (
          <Button variant="ghost" on={!wide} onClick={() => setWide(!wide)} title={selected.name}>
            <span className={styles.clip}>Of {selected.name}</span>
          </Button>
        )}
        {(warningCount > 0 || warnings) && (
          <Button variant="ghost" on={warnings} onClick={() => setWarnings(!warnings)}>
            {counted(warningCount, 'warning')}
          </Button>
        )}
      </header>
      {shown.length === 0 ? (
        <EmptyState {...emptyText(ready, branch === undefined ? undefined : selected?.name)} />
      ) : (
        <ul className={styles.list}>
          {shown.slice(0, most).map((event) => (
            <EventLine
              key={event.uid}
              event={event}
              node={nodes.get(event.about)}
              now={now}
              onNode={props.onNode}
            />
          ))}
        </ul>
      )}
      {shown.length > most && (
        <div className={styles.more}>
          <Button onClick={() => setMost(most + step)}>
            Show {wholeNumber(Math.min(step, shown.length - most))} of{' '}
            {wholeNumber(shown.length - most)} older ones
          </Button>
        </div>
      )}
    </Pane>
  );
}

function emptyText(
  ready: boolean,
  name: string | undefined,
): { readonly title: string; readonly detail?: string } {
  if (!ready) return { title: 'Waiting for the first answer' };
  return {
    title: name === undefined ? 'No Events of these objects' : `No Events of ${name}`,
    detail:
      'The API server forgets an Event after an hour, unless it is told otherwise. A new one appears here at once.',
  };
}
