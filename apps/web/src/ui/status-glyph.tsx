import { classes } from './classes.ts';
import styles from './status.module.css';

export type Status = 'healthy' | 'working' | 'failing' | 'unknown';

/** ✓, ◐, ! in a ring, or a ring of no colour. Decoration: the word beside it says the same. */
export function StatusGlyph({ status }: { readonly status: Status }) {
  return (
    <svg
      viewBox="0 0 14 14"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      className={classes(styles.glyph, styles[status])}
      aria-hidden="true"
    >
      {shapes[status]}
    </svg>
  );
}

const shapes = {
  healthy: <path d="m3 7.4 2.7 2.8L11 4" strokeWidth="1.7" />,
  working: (
    <>
      <circle cx="7" cy="7" r="6.1" strokeWidth="1.5" />
      <path d="M7 .9a6.1 6.1 0 0 0 0 12.2z" fill="currentColor" stroke="none" />
    </>
  ),
  failing: (
    <>
      <circle cx="7" cy="7" r="6.1" strokeWidth="1.5" />
      <path d="M7 3.4v4.4M7 9.2v1.5" strokeWidth="1.6" />
    </>
  ),
  unknown: <circle cx="7" cy="7" r="4.6" strokeWidth="1.4" strokeDasharray="2 1.6" />,
} satisfies Record<Status, React.ReactNode>;

/** The glyph and the word, in the colour of the status. */
export function StatusWord(props: { readonly status: Status; readonly children: React.ReactNode }) {
  return (
    <span className={classes(styles.word, styles[props.status])}>
      <StatusGlyph status={props.status} />
      {props.children}
    </span>
  );
}
