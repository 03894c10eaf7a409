import { clockTime, fullTime } from '../../../ui/time.ts';

const dateAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** `14:11:31`; of another day `21 Nov, 14:11`. Milliseconds since the epoch, local time. */
function momentText(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? clockTime(new Date(at).toISOString()) : dateAndTime.format(at);
}

/** A time of day, with nothing left to guess in its title. */
export function Moment(props: { readonly at: number; readonly now: number }) {
  const instant = new Date(props.at).toISOString();
  return (
    <time dateTime={instant} title={fullTime(instant)}>
      {momentText(props.at, props.now)}
    </time>
  );
}
