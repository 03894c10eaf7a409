import { gvrKey } from '@kindscope/kube';
import type { Change, ResourceRef } from '@kindscope/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { ProblemError, useApi } from '../api.ts';
import { useNow } from '../live/use-now.ts';
import { Button } from '../ui/button.tsx';
import { feedItems } from '../ui/changes/feed-items.ts';
import { Feed, type FeedProps } from '../ui/changes/feed.tsx';
import { wholeNumber } from '../ui/number.ts';
import type { TimeSpan } from '../ui/time-axis/time-span.ts';
import { clockTime } from '../ui/time.ts';
import styles from './changes-pane.module.css';

/** More than these are not brought into the page; the server may give fewer at once. */
const most = 1000;
/** How often it is looked for more in a time that is not over, milliseconds. */
const stepMs = 2000;

/** Which changes of the past: a time that was chosen, and what narrows it. */
export interface PastQuery {
  readonly resource: ResourceRef;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly span: TimeSpan;
}

export interface PastChangesProps extends Pick<FeedProps, 'renderTitle' | 'effect'> {
  readonly query: PastQuery;
  /** A field selector narrows the live feed; of the past only labels are known. */
  readonly fieldsIgnored: boolean;
  readonly onClose: () => void;
}

/** The changes of a time that was chosen, newest first, in place of the live feed. */
export function PastChanges(props: PastChangesProps) {
  const { span } = props.query;
  const { data, error } = usePastChanges(props.query);
  const items = useMemo(
    () => feedItems((data?.items ?? []).map((change) => entryOf(change))),
    [data],
  );
  const from = clockTime(new Date(span.from).toISOString());
  const to = clockTime(new Date(span.to).toISOString());
  return (
    <section className={styles.pane} aria-label="Changes">
      <header className={styles.head}>
        <h2>Changes</h2>
        <span className={styles.word}>
          {from} – {to}
          {data !== undefined && `, ${wholeNumber(data.items.length)}`}
        </span>
        <Button on className={styles.pause} onClick={props.onClose}>
          <X aria-hidden="true" />
          Back to live
        </Button>
      </header>
      {props.fieldsIgnored && (
        <p className={styles.note}>Not narrowed by fields: of the past only labels are known.</p>
      )}
      {items.length === 0 ? (
        <p className={styles.note}>{emptyWords(error, data !== undefined)}</p>
      ) : (
        <Feed label="Changes" items={items} renderTitle={props.renderTitle} effect={props.effect}>
          {data?.continue !== undefined && (
            <p className={styles.note}>
              The newest {wholeNumber(data.items.length)} of this time: choose a shorter one for the
              rest.
            </p>
          )}
        </Feed>
      )}
    </section>
  );
}

function usePastChanges({ resource, namespace, labelSelector, span }: PastQuery) {
  const api = useApi();
  const now = useNow(stepMs);
  return useQuery({
    queryKey: ['past', gvrKey(resource), namespace, labelSelector, span.from, span.to],
    queryFn: ({ signal }) =>
      api.listChanges(
        {
          resources: [resource],
          namespace,
          labelSelector,
          from: new Date(span.from).toISOString(),
          to: new Date(span.to).toISOString(),
          limit: most,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    // A time that is not over yet has changes to come.
    refetchInterval: span.to > now ? stepMs : false,
  });
}

function entryOf(change: Change) {
  return { type: 'change', key: String(change.id), change } as const;
}

function emptyWords(error: Error | null, known: boolean): string {
  if (error instanceof ProblemError) return error.message;
  return known ? 'Nothing changed in this time, as far as it was watched.' : 'Looking.';
}
