import { useMemo } from 'react';
import type { Changes } from '../../live/index.ts';
import { useNow } from '../../live/use-now.ts';
import { blindSpans } from '../../ui/blind-spans.ts';
import { Button } from '../../ui/button.tsx';
import { Scrubber, type ChosenStops } from '../../ui/scrubber/scrubber.tsx';
import { clockTimeMs } from '../../ui/time.ts';
import { historySpan } from './history-span.ts';
import { stateKey, type ComparedStates, type HeldState } from './object-history.ts';
import type { ObjectHistory } from './use-object-history.ts';
import styles from './object-page.module.css';

/** The object's states along time, and which two of them are compared. */
export function HistoryBar(props: {
  readonly history: ObjectHistory;
  readonly changes: Changes;
  readonly compared: ComparedStates | undefined;
  readonly onCompare: (keys: Partial<ChosenStops> | undefined) => void;
}) {
  const { history, compared } = props;
  const now = useNow(5000);
  const { from, to } = historySpan(history.states, now);
  const span = useMemo(() => ({ from, to }), [from, to]);
  const stops = useMemo(
    () =>
      history.states.map((state) => ({
        key: stateKey(state),
        time: state.time,
        shown: state.shown,
      })),
    [history.states],
  );
  const blind = useMemo(
    () => (history.marks === undefined ? [] : blindSpans(history.marks.coverage, span)),
    [history.marks, span],
  );
  // One state is nothing to choose from.
  if (stops.length < 2) return null;
  return (
    <section className={styles.history} aria-label="History">
      <Scrubber
        stops={stops}
        span={span}
        blind={blind}
        live={props.changes.freshness.kind === 'live'}
        chosen={compared && { from: stateKey(compared.from), to: stateKey(compared.to) }}
        onChoose={props.onCompare}
      />
      <p className={styles.historyLine}>
        {compared === undefined ? (
          <span>
            Choose a state to see what made it so; with Shift, another to compare it with.
            {history.dropped && ' Older states are no longer held.'}
          </span>
        ) : (
          <>
            <span>
              Comparing <b>{stateText(compared.from)}</b> with <b>{stateText(compared.to)}</b>
            </span>
            <Button onClick={() => props.onCompare(undefined)}>Back to now</Button>
          </>
        )}
      </p>
    </section>
  );
}

function stateText({ time, resourceVersion, deleted }: HeldState): string {
  const at = time === undefined ? 'the beginning' : clockTimeMs(new Date(time).toISOString());
  return deleted ? `${at}, its end` : `${at}, version ${resourceVersion}`;
}
