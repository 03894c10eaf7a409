import { counted } from '../number.ts';
import { clockTime } from '../time.ts';
import type { FeedGap } from './feed-items.ts';
import styles from './change.module.css';

/** A line of its own for what the feed missed. */
export function GapLine({ gap }: { readonly gap: FeedGap }) {
  return <div className={styles.gap}>{gapSentence(gap)}</div>;
}

const whys: Record<FeedGap['reason'], string> = {
  slow: 'This page fell behind',
  unwatched: 'Not watched',
  restarted: 'Kindscope was away',
};

/** From when to when, why, how many, and whether the log filled it. */
function gapSentence(gap: FeedGap): string {
  const span = `${clockTime(gap.from)} – ${clockTime(gap.to)}`;
  return `${whys[gap.reason]} ${span}. ${countSentence(gap)}`;
}

function countSentence({ count, filled, reason }: FeedGap): string {
  if (filled) {
    return count === undefined
      ? 'Filled from history.'
      : `${counted(count, 'change')}, filled from history.`;
  }
  if (count !== undefined) return `${counted(count, 'change')} not shown.`;
  return reason === 'unwatched'
    ? 'What differs was found by a relist; steps in between are not known.'
    : 'How many changes are missing is not known.';
}
