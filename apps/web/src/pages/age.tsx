import { humanDuration } from '@kindscope/kube';
import { useNow } from '../live/index.ts';
import { fullTime } from '../ui/time.ts';

/** How long ago something was, as kubectl prints ages, and ticking; the exact time as its title. */
export function Age({ since }: { readonly since: string }) {
  const start = Date.parse(since);
  const now = useNow();
  if (Number.isNaN(start)) return since;
  return (
    <time dateTime={since} title={fullTime(since)}>
      {humanDuration(now - start)}
    </time>
  );
}
