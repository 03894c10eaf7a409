import { gvrKey } from '@kindscope/kube';
import { useMemo } from 'react';
import { parseResources } from '../../links.ts';
import type { TimelineSearch } from '../../search.ts';
import { blindWords } from '../../ui/blind-spans.ts';
import { clockTime, fullTime } from '../../ui/time.ts';
import { blindTimes } from './blind-times.ts';
import type { Timeline } from './engine/timeline-types.ts';
import { kubectlName } from './kubectl-name.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

/** The times that the lanes hatch, in words: what a table of changes cannot tell. */
export function BlindList(props: { readonly timeline: Timeline; readonly search: TimelineSearch }) {
  const { kinds, namespace } = props.search;
  const coverage = useTimelineValue(props.timeline, (snapshot) => snapshot.coverage);
  const span = useTimelineValue(props.timeline, ({ view }) => view.span);
  const ready = useTimelineValue(props.timeline, (snapshot) => snapshot.ready);
  const times = useMemo(
    () => blindTimes(coverage, parseResources(kinds), namespace, span),
    [coverage, kinds, namespace, span],
  );
  if (!ready || times.length === 0) return null;
  return (
    <ul className={styles.blindList} aria-label="Not all is known">
      {times.map(({ reason, from, to, resources }) => (
        <li key={[reason, from, ...resources.map(gvrKey)].join(' ')}>
          <Time at={from} /> – <Time at={to} /> <b>{blindWords[reason]}</b>{' '}
          {resources.map(kubectlName).join(', ')}
        </li>
      ))}
    </ul>
  );
}

function Time({ at }: { readonly at: number }) {
  const time = new Date(at).toISOString();
  return (
    <time dateTime={time} title={fullTime(time)}>
      {clockTime(time)}
    </time>
  );
}
