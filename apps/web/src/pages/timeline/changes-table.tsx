import type { Change, ChangeClass } from '@kindscope/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError, useApi } from '../../api.ts';
import { parseResources } from '../../links.ts';
import type { TimelineSearch } from '../../search.ts';
import { Button } from '../../ui/button.tsx';
import { relistSentence } from '../../ui/changes/change-lines.ts';
import { managersText } from '../../ui/changes/manager-text.ts';
import { changeClassWords, ClassGlyph } from '../../ui/class-glyph.tsx';
import { Hidden } from '../../ui/hidden.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { clockTime, clockTimeMs, fullTime } from '../../ui/time.ts';
import { BlindList } from './blind-list.tsx';
import type { OpenChange } from './change-panel.tsx';
import { changeText } from './change-sentence.ts';
import { classBits, classesOf, heartbeatBit } from './engine/mark-classes.ts';
import type { Timeline } from './engine/timeline-types.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

const pageLength = 100;
const stepMs = 2000;

/** The changes of the time that is shown, newest first, page by page: what the lanes show, in words. */
export function ChangesTable(props: {
  readonly timeline: Timeline;
  readonly search: TimelineSearch;
  readonly shown: number;
  readonly open: number | undefined;
  readonly onOpen: OpenChange;
}) {
  const { timeline, search, shown } = props;
  const { data, error, pages, isOld, setPages } = usePage(timeline, search, shown);
  const items = data?.items ?? [];
  const newer = pages.at(-1)?.newer ?? 0;
  return (
    <div className={styles.tablePane}>
      <BlindList timeline={timeline} search={search} />
      <div className={styles.tableScroll}>
        <table className={styles.table} aria-label="Changes">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Class</th>
              <th scope="col">Kind</th>
              <th scope="col">Object</th>
              <th scope="col">Change</th>
              <th scope="col">Manager</th>
            </tr>
          </thead>
          <tbody>
            {items.map((change) => (
              <tr key={change.id} data-open={change.id === props.open ? '' : undefined}>
                <td>
                  <ChangeTime change={change} />
                </td>
                <td>
                  <ClassCell of={shownClass(change, shown)} />
                </td>
                <td className={styles.quietCell}>{change.kind}</td>
                <td>
                  <button
                    type="button"
                    className={styles.nameCell}
                    onClick={(event) => props.onOpen(change.id, event.detail === 0)}
                  >
                    {change.name}
                  </button>
                  {change.namespace !== '' && (
                    <span className={styles.quiet}> {change.namespace}</span>
                  )}
                </td>
                <td className={styles.textCell} title={changeText(change)}>
                  {changeText(change)}
                </td>
                <td className={styles.quietCell}>{managersText(change.managers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {items.length === 0 && (
          <p className={styles.said}>
            {error instanceof ProblemError
              ? error.message
              : data === undefined
                ? 'Looking.'
                : 'Nothing changed in this time, as far as it was watched.'}
          </p>
        )}
      </div>
      <footer className={styles.pager}>
        <span className={styles.quiet}>
          {items.length > 0 &&
            !isOld &&
            `${wholeNumber(newer + 1)} – ${wholeNumber(newer + items.length)}, newest first`}
        </span>
        <Button disabled={pages.length === 0} onClick={() => setPages(pages.slice(0, -1))}>
          Newer
        </Button>
        <Button
          disabled={isOld || data?.continue === undefined}
          onClick={() => {
            if (data?.continue === undefined) return;
            setPages([...pages, { cursor: data.continue, newer: newer + items.length }]);
          }}
        >
          Older
        </Button>
      </footer>
    </div>
  );
}

/** When it happened; of what a relist found, only between which times. */
/** The first of its classes that is shown, as its mark has it. */
function shownClass({ classes }: Change, shown: number): ChangeClass {
  return classesOf(classBits(classes) & shown)[0] ?? 'status';
}

function ClassCell({ of }: { readonly of: ChangeClass }) {
  return (
    <span className={styles.classCell}>
      <ClassGlyph of={of} size={11} silent />
      {changeClassWords[of]}
    </span>
  );
}

function ChangeTime({ change }: { readonly change: Change }) {
  const { time, notBefore } = change;
  const relist = relistSentence(change, fullTime);
  const text =
    relist === undefined
      ? clockTimeMs(time)
      : notBefore === undefined
        ? `before ${clockTime(time)}`
        : `${clockTime(notBefore)} – ${clockTime(time)}`;
  return (
    <>
      <time dateTime={time} title={relist ?? fullTime(time)}>
        {text}
      </time>
      {relist !== undefined && <Hidden>, found by a relist</Hidden>}
    </>
  );
}

/** A page after the first one. The server may end one before it is full, so that what is newer is counted. */
interface Turned {
  readonly cursor: string;
  /** How many changes are on the pages before it. */
  readonly newer: number;
}

/** The page that is shown: `pages` are those that were turned to get there. */
function usePage(timeline: Timeline, search: TimelineSearch, shown: number) {
  const api = useApi();
  const { span, following, pausedAt } = useTimelineValue(timeline, ({ view }) => view);
  const live = following && pausedAt === undefined;
  // While it is live the time moves on by itself: only its length is another question.
  const asked = JSON.stringify([
    search.kinds,
    search.namespace,
    search.labels,
    shown,
    live ? Math.round(span.to - span.from) : [span.from, span.to],
  ]);
  const [turned, setTurned] = useState<{ readonly of: string; readonly pages: readonly Turned[] }>({
    of: asked,
    pages: [],
  });
  const pages = turned.of === asked ? turned.pages : [];
  const cursor = pages.at(-1)?.cursor;
  const answer = useQuery({
    queryKey: ['timeline-table', asked, cursor],
    queryFn: ({ signal }) =>
      api.listChanges(
        {
          resources: parseResources(search.kinds),
          namespace: search.namespace,
          labelSelector: search.labels,
          classes: classesOf(shown & ~heartbeatBit),
          from: new Date(span.from).toISOString(),
          to: new Date(span.to).toISOString(),
          limit: pageLength,
          continue: cursor,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: live && pages.length === 0 ? stepMs : false,
    retry: false,
  });
  return {
    data: answer.data,
    error: answer.error,
    pages,
    /** What is shown is of the page before, until this one comes. */
    isOld: answer.isPlaceholderData,
    setPages: (next: readonly Turned[]) => setTurned({ of: asked, pages: next }),
  };
}
