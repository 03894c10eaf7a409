import { ClassGlyph } from '../class-glyph.tsx';
import { classes } from '../classes.ts';
import { wholeNumber } from '../number.ts';
import { clockTimeMs, fullTime } from '../time.ts';
import { durationText } from './duration-text.ts';
import type { HeartbeatFold } from './feed-items.ts';
import styles from './change.module.css';

const namesShown = 2;

/** Heartbeats that followed each other, as one line with a count. */
export function FoldEntry({ fold }: { readonly fold: HeartbeatFold }) {
  return (
    <article className={classes(styles.entry, styles.fold)} data-class="heartbeat">
      <span className={styles.glyph}>
        <ClassGlyph of="heartbeat" />
      </span>
      <div className={styles.title}>{foldSentence(fold)}</div>
      <time className={styles.time} dateTime={fold.to} title={fullTime(fold.to)}>
        {fold.count === 1 ? clockTimeMs(fold.to) : foldCount(fold)}
      </time>
    </article>
  );
}

/** `renewTime, observedAt in 18 objects`; one object is named. */
function foldSentence(fold: HeartbeatFold): string {
  const more = fold.fields.length - namesShown;
  const names = fold.fields.slice(0, namesShown).join(', ');
  const fields = `${names === '' ? 'heartbeat' : names}${more > 0 ? ` and ${more} more` : ''}`;
  return `${fields} in ${fold.objects === 1 ? fold.last.name : `${fold.objects} objects`}`;
}

/** `×412 in 5 min` */
function foldCount(fold: HeartbeatFold): string {
  const span = Date.parse(fold.to) - Date.parse(fold.from);
  return `×${wholeNumber(fold.count)} in ${durationText(span)}`;
}
