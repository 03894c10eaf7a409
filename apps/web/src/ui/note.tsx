import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { StatusGlyph } from './status-glyph.tsx';
import styles from './note.module.css';

/** A line across the page that says something of all that stands below it. */
export function Note(props: {
  readonly tone?: 'quiet' | 'working' | 'failing';
  readonly children: ReactNode;
  /** What can be done, at the right. */
  readonly action?: ReactNode;
}) {
  const tone = props.tone ?? 'quiet';
  return (
    <div
      className={classes(styles.note, styles[tone])}
      role={tone === 'failing' ? 'alert' : 'note'}
    >
      {tone !== 'quiet' && <StatusGlyph status={tone} />}
      <div className={styles.text}>{props.children}</div>
      {props.action}
    </div>
  );
}
