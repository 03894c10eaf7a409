import type { ReactNode } from 'react';
import styles from './top-bar.module.css';

/** One step of the way to the page; the last is `current`, and heads the page unless that has a heading of its own. */
export function Crumb(props: { readonly children: ReactNode; readonly current?: boolean }) {
  return (
    <li className={styles.crumb} aria-current={props.current === true ? 'page' : undefined}>
      {props.current === true && typeof props.children !== 'string' ? (
        props.children
      ) : (
        <span className={styles.text}>{props.children}</span>
      )}
    </li>
  );
}
