import type { Change } from '@kindscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useApi } from '../../api.ts';
import { useConnection } from '../../live/index.ts';
import { blindWords } from '../../ui/blind-spans.ts';
import { ChangeEntry } from '../../ui/changes/change-entry.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { clockTime } from '../../ui/time.ts';
import { formatChangeLink } from './change-link.ts';
import type { Hover } from './engine/timeline-types.ts';
import styles from './timeline.module.css';

type Shown = Exclude<Hover, { kind: 'name' }>;

/** What is under the pointer, in words: the change as a sentence, or why nothing is known there. */
export function HoverCard(props: {
  readonly hover: Shown;
  readonly frame: RefObject<HTMLElement | null>;
}) {
  const { hover, frame } = props;
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>();
  const change = useChange(hover.kind === 'mark' ? hover.change : undefined);
  useLayoutEffect(() => {
    const box = card.current;
    const around = frame.current;
    if (box === null || around === null) return;
    if (change === undefined && hover.kind === 'mark') return;
    setPlace(cardPlace(hover, box, around));
    // More may have come since, and taken room.
  }, [hover, frame, change]);
  return (
    <div
      ref={card}
      className={styles.card}
      data-kind={hover.kind}
      style={place ?? { visibility: 'hidden' }}
      role="tooltip"
    >
      {hover.kind === 'blind' ? (
        <BlindText blind={hover.blind} />
      ) : (
        change !== undefined && (
          <>
            <ChangeEntry
              change={change}
              title={
                <>
                  <b>{change.name}</b>{' '}
                  <span className={styles.quiet}>
                    {change.kind}
                    {change.namespace !== '' && ` in ${change.namespace}`}
                  </span>
                </>
              }
            />
            <p className={styles.cardFoot}>
              {hover.count > 1 &&
                `and ${wholeNumber(hover.count - 1)} more at this place: zoom in to tell them apart · `}
              click for the diff
            </p>
          </>
        )
      )}
    </div>
  );
}

/** Why nothing is known of a time. */
export function BlindText({
  blind,
}: {
  readonly blind: Extract<Shown, { kind: 'blind' }>['blind'];
}) {
  // It may go on, or have no beginning that is known.
  const time = (at: number): string =>
    Number.isFinite(at) ? clockTime(new Date(at).toISOString()) : '';
  const whys = {
    before: 'Nobody watched it yet: what happened is not known.',
    unwatched: 'Nobody watched it: what happened is not known.',
    away: 'What differed afterwards was found by a relist; steps in between are not known.',
    dropped: 'It was seen; the log was full and keeps it no more.',
    part: 'Some of what is shown here was not watched: there may have been more.',
    beyond: 'More has changed since than a page holds. Choose kinds, a namespace or labels.',
  };
  const word = blindWords[blind.reason];
  return (
    <p className={styles.blind}>
      <b>{word.charAt(0).toUpperCase() + word.slice(1)}</b> {time(blind.from)} – {time(blind.to)}
      <span className={styles.quiet}>{whys[blind.reason]}</span>
    </p>
  );
}

/** The whole change once it has come; until then as much as its mark knows. */
function useChange(mark: Change | undefined): Change | undefined {
  const api = useApi();
  const link = formatChangeLink(useConnection().instance, mark?.id ?? -1);
  const { data } = useQuery({
    queryKey: ['change', link],
    queryFn: ({ signal }) => api.getChange(link, signal),
    enabled: mark !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  // Until all has come anew after a restart of the server, its marks are those of before.
  const isIt =
    data?.uid === mark?.uid && Date.parse(data?.time ?? '') === Date.parse(mark?.time ?? '');
  return isIt ? data : mark;
}

const off = 14;

/** Beside the pointer, on the side where there is room. */
export function cardPlace(
  at: { readonly x: number; readonly y: number },
  card: { readonly offsetWidth: number; readonly offsetHeight: number },
  frame: { readonly clientWidth: number; readonly clientHeight: number },
): { readonly left: number; readonly top: number } {
  const { offsetWidth: wide, offsetHeight: high } = card;
  const right = at.x + off;
  const left = right + wide <= frame.clientWidth - 8 ? right : at.x - off - wide;
  const below = at.y + off;
  const top = below + high <= frame.clientHeight - 8 ? below : at.y - off - high;
  const most = frame.clientWidth - wide - 8;
  return { left: Math.max(8, Math.min(left, most)), top: Math.max(8, top) };
}
