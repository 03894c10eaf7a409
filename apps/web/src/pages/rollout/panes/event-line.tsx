import type { RolloutEvent, RolloutNode } from '@kindscope/protocol';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { Hidden } from '../../../ui/hidden.tsx';
import { wholeNumber } from '../../../ui/number.ts';
import { Moment } from './moment.tsx';
import { isWarning } from './shown-events.ts';
import styles from './panes.module.css';

interface EventLineProps {
  readonly event: RolloutEvent;
  /** What it is about, while that is shown. */
  readonly node: RolloutNode | undefined;
  readonly now: number;
  readonly onNode: (uid: string) => void;
}

/** One Event: how often, of which object, and what it says. */
export const EventLine = memo(
  function EventLine({ event, node, now, onNode }: EventLineProps) {
    const warning = isWarning(event);
    return (
      <li className={styles.event} data-warning={warning}>
        <span className={styles.when}>
          <Moment at={event.last} now={now} />
        </span>
        <span className={styles.reason}>
          {warning && (
            <>
              <TriangleAlert aria-hidden="true" />
              <Hidden>{event.type}: </Hidden>
            </>
          )}
          <b>{event.reason}</b>
          {event.count > 1 && (
            <span
              className={styles.times}
              title={`${wholeNumber(event.count)} times since ${new Date(event.first).toLocaleTimeString('en-GB')}`}
            >
              ×{wholeNumber(event.count)}
            </span>
          )}
        </span>
        <span className={styles.about}>
          <button type="button" onClick={() => onNode(event.about)}>
            {node === undefined ? 'an object that is gone' : node.name}
          </button>
        </span>
        <span className={styles.message}>
          {event.message}
          {event.reporter !== '' && <em>{event.reporter}</em>}
        </span>
      </li>
    );
  },
  // The minute it is does not matter, only the day.
  (a, b) =>
    a.event === b.event &&
    a.node?.name === b.node?.name &&
    a.onNode === b.onNode &&
    new Date(a.now).toDateString() === new Date(b.now).toDateString(),
);
