import { useMemo } from 'react';
import { useNow } from '../../live/use-now.ts';
import { blindSpans } from '../../ui/blind-spans.ts';
import { ConditionBars } from '../../ui/condition-bars/condition-bars.tsx';
import { conditionLanes, type ConditionFlip } from '../../ui/condition-bars/condition-segments.ts';
import { historySpan } from './history-span.ts';
import type { ObjectFacts } from './object-facts.ts';
import { livesOf } from './object-history.ts';
import type { ObjectHistory } from './use-object-history.ts';
import styles from './object-page.module.css';

/** How long each condition had which status, as far as it was watched. */
export function ConditionHistory(props: {
  readonly facts: ObjectFacts;
  readonly history: ObjectHistory;
}) {
  const { facts, history } = props;
  const now = useNow(5000);
  const { from, to } = historySpan(history.states, now);
  const lanes = useMemo(
    () => conditionLanes(flipsOf(history), facts.conditions, livesOf(history.states, { from, to })),
    [history, facts.conditions, from, to],
  );
  const blind = useMemo(
    () => blindSpans(history.marks?.coverage ?? [], { from, to }),
    [history.marks, from, to],
  );
  // Bars of one colour say no more than the list above them.
  if (!lanes.some(({ segments }) => segments.length > 1)) return null;
  return (
    <section className={styles.sideSection}>
      <h2 className={styles.sideHead}>Conditions over time</h2>
      <div className={styles.bars}>
        <ConditionBars lanes={lanes} span={{ from, to }} blind={blind} />
      </div>
    </section>
  );
}

/** Those the server knows, and those that came since. */
function flipsOf({ marks, live }: ObjectHistory): ConditionFlip[] {
  const past = (marks?.conditions ?? []).map(({ mark, type, from, to }) => {
    return { time: marks?.time[mark] ?? 0, type, from, to };
  });
  const lastId = marks?.lastId ?? 0;
  const news = live
    .filter(({ id }) => id > lastId)
    .flatMap(({ time, conditions = [] }) =>
      conditions.map(({ type, from, to }) => ({ time: Date.parse(time), type, from, to })),
    );
  return [...past, ...news];
}
