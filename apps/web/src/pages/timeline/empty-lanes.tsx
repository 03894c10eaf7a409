import { Link } from '@tanstack/react-router';
import type { TimelineSearch } from '../../search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Timeline } from './engine/timeline-types.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

/** No lane to show: why, and what would bring one. */
export function EmptyLanes(props: {
  readonly timeline: Timeline;
  readonly search: TimelineSearch;
}) {
  const { timeline, search } = props;
  const isUnknown = useTimelineValue(timeline, ({ coverage }) => coverage.length === 0);
  const { namespace, labels, classes, kinds } = search;
  const narrowed = [namespace, labels, classes].some((one) => one !== undefined);
  if (isUnknown && kinds === undefined) {
    return (
      <div className={styles.empty}>
        <EmptyState
          title="Nothing is watched yet"
          detail={
            <>
              Choose kinds above: they are watched while they are chosen. What shall have a past
              before anybody looks is pinned on its page, found in the <Link to="/">catalogue</Link>
              , or named when Kindscope starts: <code>kindscope --watch apps/v1/deployments</code>
            </>
          }
        />
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <EmptyState
        title={narrowed ? 'Nothing that matches has changed' : 'Nothing has changed'}
        detail={
          narrowed
            ? 'Since these kinds are watched, no change was of this namespace, these labels and these classes. The next one appears here.'
            : 'No change was seen since these kinds are watched. The next one appears here.'
        }
      />
    </div>
  );
}
