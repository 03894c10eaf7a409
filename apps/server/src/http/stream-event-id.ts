import type { Mark } from '../fanout/frame-ring.ts';

/** Where a client of the event stream is: in which server process's log, after which change, of when. */
export interface EventPlace extends Mark {
  readonly instance: string;
}

/** `INSTANCE.ID.TIME`: goes through `Last-Event-ID` as it is. */
export function formatEventId(instance: string, { id, time }: Mark): string {
  return `${instance}.${id}.${time}`;
}

/** Undefined for what is not an id of ours. */
export function readEventId(text: string | undefined): EventPlace | undefined {
  const [, instance, id, time] = /^(.+)\.(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  if (instance === undefined) return undefined;
  return { instance, id: Number(id), time: Number(time) };
}
