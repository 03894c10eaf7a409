import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { useApi } from '../../api.ts';
import { useConnection, useNow } from '../../live/index.ts';
import { ChangeEntry } from '../../ui/changes/change-entry.tsx';
import { counted } from '../../ui/number.ts';
import { StatusWord } from '../../ui/status-glyph.tsx';
import { formatChangeLink } from '../timeline/change-link.ts';
import { BlindText, cardPlace } from '../timeline/hover-card.tsx';
import type { HoverStore, LaneHover } from './lane/lane-hover.ts';
import { barTimes, eventText, markText, timesText, timeText } from './lane/lane-text.ts';
import styles from './lanes.module.css';

/** What the pointer or a key came to, in words. */
export function LaneHoverCard(props: {
  readonly store: HoverStore;
  readonly frame: RefObject<HTMLElement | null>;
  readonly pausedAt: number | undefined;
}) {
  const { store, frame } = props;
  const hover = useSyncExternalStore(store.subscribe, store.snapshot);
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>();
  useLayoutEffect(() => {
    if (hover === undefined || card.current === null || frame.current === null) return undefined;
    const box = card.current;
    const around = frame.current;
    const put = (): void => setPlace(cardPlace(hover, box, around));
    put();
    // A change that has come since may take more room.
    const observer = new ResizeObserver(put);
    observer.observe(box);
    return () => observer.disconnect();
  }, [hover, frame]);
  if (hover === undefined) return null;
  return (
    <>
      {hover.box !== undefined && <span className={styles.here} style={hover.box} />}
      <div
        ref={card}
        className={styles.card}
        style={place ?? { visibility: 'hidden' }}
        role="tooltip"
      >
        <HoverText hover={hover} pausedAt={props.pausedAt} />
      </div>
    </>
  );
}

function HoverText(props: { readonly hover: LaneHover; readonly pausedAt: number | undefined }) {
  const { hit, row, box } = props.hover;
  const going = useNow();
  const now = props.pausedAt ?? going;
  const name = row.kind === 'group' ? row.group.text : row.node.name;
  switch (hit.kind) {
    case 'mark':
      return <MarkText hit={hit} name={name} by={box === undefined ? 'click' : 'press Enter'} />;
    case 'event': {
      const { event } = hit.event;
      const first = event.first === event.last ? '' : `${timeText(event.first)} – `;
      return (
        <p className={styles.said} title={eventText(hit.event)}>
          <b data-warning={event.type !== 'Normal'}>
            {event.type} {event.reason}
            {timesText(event.count)}
          </b>{' '}
          {first}
          {timeText(event.last)}
          <span>{event.message}</span>
          <span className={styles.quiet}>
            {[event.reporter, hit.event.count > 1 ? counted(hit.event.count - 1, 'more Event') : '']
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        </p>
      );
    }
    case 'bar':
      return (
        <p className={styles.said}>
          <b>
            <StatusWord status={hit.bar.status}>{hit.bar.word}</StatusWord>
          </b>
          <span>{name}</span>
          <span className={styles.quiet}>{barTimes(hit.bar, now)}</span>
        </p>
      );
    case 'blind':
      return <BlindText blind={{ ...hit.blind, to: Math.min(hit.blind.to, now) }} />;
  }
}

function MarkText(props: {
  readonly hit: Extract<LaneHover['hit'], { kind: 'mark' }>;
  readonly name: string;
  /** What shows the diff. */
  readonly by: string;
}) {
  const { name } = props;
  const { mark } = props.hit;
  const api = useApi();
  const link = formatChangeLink(useConnection().instance, mark.id ?? -1);
  const { data } = useQuery({
    queryKey: ['change', link],
    queryFn: ({ signal }) => api.getChange(link, signal),
    enabled: mark.id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (data === undefined) {
    return (
      <p className={styles.said}>
        {markText(mark)}
        <span>{name}</span>
      </p>
    );
  }
  const more = mark.count > 1 ? `and ${counted(mark.count - 1, 'more change')} here · ` : '';
  return (
    <>
      <ChangeEntry
        change={data}
        title={
          <>
            <b>{data.name}</b> <span className={styles.quiet}>{data.kind}</span>
          </>
        }
      />
      <p className={styles.cardFoot}>
        {more}
        {props.by} for the diff
      </p>
    </>
  );
}
