import type { ReactNode } from 'react';
import styles from './panes.module.css';

/** What a pane stands in: it scrolls inside itself, so that the keyboard must reach it. */
export function Pane(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.pane} aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  );
}
