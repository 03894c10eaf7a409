import { gvrKey } from '@kindscope/kube';
import { ProblemError } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import type { Timeline } from './engine/timeline-types.ts';
import { kubectlName } from './kubectl-name.ts';
import { useTimelineValue } from './use-timeline.ts';

/** What cannot be shown, and what would change that. */
export function Notices({ timeline }: { readonly timeline: Timeline }) {
  const fault = useTimelineValue(timeline, (snapshot) => snapshot.fault);
  const refused = useTimelineValue(timeline, (snapshot) => snapshot.refused);
  return (
    <>
      {fault instanceof ProblemError && (
        <Note tone="failing" action={<Button onClick={timeline.retry}>Try again</Button>}>
          <span>{fault.message}</span>
          {fault.remedy !== undefined && <span>{fault.remedy}</span>}
        </Note>
      )}
      {refused.map(({ resources, fault: { detail, remedy } }) => (
        <Note key={resources.map(gvrKey).join(' ')} tone="working">
          <span>
            No changes of {resources.map(kubectlName).join(', ')} are shown: {detail}
          </span>
          {remedy !== undefined && <span>{remedy}</span>}
        </Note>
      ))}
    </>
  );
}
