import type { ReactNode } from 'react';
import { Caret } from '../caret.tsx';
import { ClassGlyph } from '../class-glyph.tsx';
import { classes } from '../classes.ts';
import { wholeNumber } from '../number.ts';
import { clockTimeMs, fullTime } from '../time.ts';
import { ChangeBody } from './change-entry.tsx';
import { durationText } from './duration-text.ts';
import type { Fold } from './feed-fold.ts';
import styles from './change.module.css';

const namesShown = 2;

/** Changes that followed each other, as one line with a count that unfolds them. */
export function FoldEntry(props: {
  readonly fold: Fold;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** The object's name, as a link where there is somewhere to go. */
  readonly title: ReactNode;
}) {
  const { fold, open } = props;
  const beats = fold.kind === 'heartbeats';
  return (
    <article
      className={classes(styles.entry, beats && styles.fold)}
      data-class={fold.last.classes[0]}
    >
      <span className={styles.glyph}>
        <ClassGlyph of={fold.last.classes[0] ?? 'status'} />
      </span>
      <div className={styles.title}>{beats ? beatsSentence(fold) : props.title}</div>
      {fold.count === 1 ? (
        <time className={styles.time} dateTime={fold.to} title={fullTime(fold.to)}>
          {clockTimeMs(fold.to)}
        </time>
      ) : (
        <button
          type="button"
          className={classes(styles.time, styles.count)}
          aria-expanded={open}
          title={`${clockTimeMs(fold.from)} – ${clockTimeMs(fold.to)}`}
          onClick={props.onToggle}
        >
          {countText(fold)}
          <Caret />
        </button>
      )}
      {!beats && <ChangeBody change={fold.whole} />}
    </article>
  );
}

/** `renewTime, observedAt in 18 objects`; one object is named. */
function beatsSentence(fold: Fold): string {
  const more = fold.names.length - namesShown;
  const names = fold.names.slice(0, namesShown).join(', ');
  const fields = `${names === '' ? 'heartbeat' : names}${more > 0 ? ` and ${more} more` : ''}`;
  return `${fields} in ${fold.objects === 1 ? fold.last.name : `${fold.objects} objects`}`;
}

/** `×412 in 5 min` */
function countText(fold: Fold): string {
  const span = Date.parse(fold.to) - Date.parse(fold.from);
  return `×${wholeNumber(fold.count)} in ${durationText(span)}`;
}
