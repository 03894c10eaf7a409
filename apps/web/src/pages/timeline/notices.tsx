import { ProblemError } from '../../api.ts';
import type { TimelineSearch } from '../../search.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import type { TimelineSnapshot } from './engine/timeline-types.ts';

/** What cannot be shown, and what would change that. */
export function Notices(props: {
  readonly snapshot: TimelineSnapshot;
  readonly search: TimelineSearch;
  readonly onRetry: () => void;
}) {
  const { fault } = props.snapshot;
  if (!(fault instanceof ProblemError)) return null;
  return (
    <Note tone="failing" action={<Button onClick={props.onRetry}>Try again</Button>}>
      <span>{fault.message}</span>
      {fault.remedy !== undefined && <span>{fault.remedy}</span>}
    </Note>
  );
}
