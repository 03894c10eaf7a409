import { ProblemError } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import type { Timeline } from './engine/timeline-types.ts';
import { useTimelineValue } from './use-timeline.ts';

/** What cannot be shown, and what would change that. */
export function Notices({ timeline }: { readonly timeline: Timeline }) {
  const fault = useTimelineValue(timeline, (snapshot) => snapshot.fault);
  if (!(fault instanceof ProblemError)) return null;
  return (
    <Note tone="failing" action={<Button onClick={timeline.retry}>Try again</Button>}>
      <span>{fault.message}</span>
      {fault.remedy !== undefined && <span>{fault.remedy}</span>}
    </Note>
  );
}
