import { useMemo } from 'react';
import type { Changes } from '../../live/index.ts';
import { blindAmong } from '../../ui/blind-spans.ts';
import { Brush } from '../../ui/density-strip/brush.tsx';
import { DensityStrip } from '../../ui/density-strip/density-strip.tsx';
import type { TimeSpan } from '../../ui/time-axis/time-span.ts';
import { useDensity, type DensityQuery } from '../use-density.ts';
import styles from './density-pane.module.css';

/** The changes of a resource in the last minutes or hour; a part of it may be chosen for the feed. */
export function DensityPane(props: {
  readonly query: DensityQuery;
  readonly changes: Changes;
  readonly chosen: TimeSpan | undefined;
  readonly onChoose: (span: TimeSpan | undefined) => void;
}) {
  const {
    changes,
    query: { namespace },
  } = props;
  const { span, counts, coverage } = useDensity(props.query, changes);
  const blind = useMemo(
    () => (counts === undefined ? [] : blindAmong(coverage, namespace, span)),
    [counts, coverage, namespace, span],
  );
  return (
    <section className={styles.pane} aria-label="Changes over time">
      <DensityStrip
        counts={counts}
        span={span}
        blind={blind}
        live={changes.freshness.kind === 'live' && !changes.paused}
        renderBrush={(width, bars) => (
          <Brush
            span={span}
            width={width}
            step={counts?.bucketMs ?? 1000}
            chosen={props.chosen}
            onChoose={props.onChoose}
          >
            {bars}
          </Brush>
        )}
      />
    </section>
  );
}
