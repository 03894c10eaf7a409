import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './pill.module.css';

/** A short mark: a version, a state. `note` is a word within it, for the eye and for screen readers. */
export function Pill(props: {
  readonly tone?: 'plain' | 'solid' | 'working' | 'failing' | 'off';
  readonly title?: string | undefined;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(styles.pill, styles[props.tone ?? 'plain'])} title={props.title}>
      <span className={styles.text}>{props.children}</span>
      {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
    </span>
  );
}
