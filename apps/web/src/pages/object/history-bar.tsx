import { useMemo, useState } from 'react';
import type { Changes } from '../../live/index.ts';
import { useNow } from '../../live/use-now.ts';
import { blindSpans, type Blind } from '../../ui/blind-spans.ts';
import { Button } from '../../ui/button.tsx';
import { Scrubber, type ChosenStops } from '../../ui/scrubber/scrubber.tsx';
import type { ScrubberStop } from '../../ui/scrubber/stop-groups.ts';
import type { TimeSpan } from '../../ui/time-axis/time-span.ts';
import { ComparedEnds } from './compared-ends.tsx';
import { historySpan } from './history-span.ts';
import { stateKey, type ComparedStates, type HeldState } from './object-history.ts';
import type { ObjectHistory } from './use-object-history.ts';
import styles from './object-page.module.css';

/** The object's states along time, and which two of them are compared. */
export function HistoryBar(props: {
  readonly history: ObjectHistory;
  readonly changes: Changes;
  readonly compared: ComparedStates | undefined;
  /** States were asked to be compared that are not held. */
  readonly unheld: boolean;
  readonly onCompare: (keys: Partial<ChosenStops> | undefined) => void;
}) {
  const { history, compared, unheld, onCompare } = props;
  const now = useNow(5000);
  const [zoom, setZoom] = useState<TimeSpan>();
  const { from, to } = zoom ?? historySpan(history.states, now);
  const span = useMemo(() => ({ from, to }), [from, to]);
  const blind = useMemo(
    () => (history.marks === undefined ? [] : blindSpans(history.marks.coverage, span)),
    [history.marks, span],
  );
  const stops = useMemo(() => stopsOf(history.states, blind), [history.states, blind]);
  // One state is nothing to choose from.
  if (stops.length < 2 && !unheld) return null;
  return (
    <section className={styles.history} aria-label="History">
      <Scrubber
        stops={stops}
        span={span}
        blind={blind}
        live={zoom === undefined && props.changes.freshness.kind === 'live'}
        chosen={compared && { from: stateKey(compared.from), to: stateKey(compared.to) }}
        onChoose={onCompare}
        onZoom={setZoom}
      />
      <div className={styles.historyLine}>
        {compared !== undefined ? (
          <ComparedEnds states={history.states} compared={compared} onCompare={onCompare} />
        ) : unheld ? (
          <output>The states that this link compares are not held, or no longer.</output>
        ) : (
          <p>
            Choose a state to see what made it so, and from there any two to compare.
            {history.dropped && ' Older states are no longer held.'}
          </p>
        )}
        {(compared !== undefined || unheld) && (
          <Button onClick={() => onCompare(undefined)}>Back to now</Button>
        )}
        {zoom !== undefined && <Button onClick={() => setZoom(undefined)}>Whole past</Button>}
      </div>
    </section>
  );
}

/** A state that was found after a time that was not watched stands where that ended. */
function stopsOf(states: readonly HeldState[], blind: readonly Blind[]): ScrubberStop[] {
  return states.map((state, index) => {
    const next = states[index + 1]?.time;
    const found = blind.findLast(({ to }) => next !== undefined && to <= next)?.to ?? next;
    return {
      key: stateKey(state),
      time: state.time ?? (index === 0 ? undefined : found),
      shown: state.shown,
    };
  });
}
