import { ChartNoAxesGantt, Table } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { changeClassWords, ClassGlyph } from '../../ui/class-glyph.tsx';
import { counted, wholeNumber } from '../../ui/number.ts';
import type { Timeline } from './engine/timeline-types.ts';
import { formatShown, legendGroups } from './timeline-url.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

/** What the shapes mean, each of which may be hidden; how many changes there are in view; and the switch to the table. */
export function Legend(props: {
  readonly shown: number;
  readonly timeline: Timeline;
  readonly isTable: boolean;
  /** As the search parameter has it. */
  readonly onShow: (classes: string) => void;
  readonly onTable: (table: boolean) => void;
}) {
  const { shown, isTable } = props;
  return (
    <div className={styles.legend}>
      <fieldset className={styles.groups} aria-label="Classes shown">
        {legendGroups.map(({ of, bits }) => (
          <button
            key={of}
            type="button"
            className={styles.group}
            aria-pressed={(shown & bits) !== 0}
            onClick={() =>
              props.onShow(formatShown((shown & bits) === 0 ? shown | bits : shown & ~bits))
            }
          >
            <ClassGlyph of={of} size={11} silent />
            {changeClassWords[of]}
          </button>
        ))}
      </fieldset>
      <output className={styles.counts} aria-label="Counts" aria-live="off">
        <CountsText timeline={props.timeline} />
      </output>
      <Button
        on={isTable}
        className={styles.switch}
        title="The same changes as a table"
        onClick={() => props.onTable(!isTable)}
      >
        {isTable ? <ChartNoAxesGantt aria-hidden="true" /> : <Table aria-hidden="true" />}
        <span>Table</span>
      </Button>
    </div>
  );
}

function CountsText({ timeline }: { readonly timeline: Timeline }) {
  const ready = useTimelineValue(timeline, (snapshot) => snapshot.ready);
  const { changes, objects, heartbeats } = useTimelineValue(timeline, ({ counts }) => counts);
  if (!ready) return null;
  return (
    <>
      <b>{wholeNumber(changes)}</b> {changes === 1 ? 'change' : 'changes'} of{' '}
      <b>{wholeNumber(objects)}</b> {objects === 1 ? 'object' : 'objects'} in view
      {heartbeats > 0 && ` · ${counted(heartbeats, 'heartbeat')} folded`}
    </>
  );
}
