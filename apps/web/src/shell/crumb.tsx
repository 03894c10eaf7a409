import type { ReactNode } from 'react';
import styles from './top-bar.module.css';

/** One step of the way to the page; the last is `current` and heads the page. */
export function Crumb(props: { readonly children: ReactNode; readonly current?: boolean }) {
  return (
    <li className={styles.crumb} aria-current={props.current === true ? 'page' : undefined}>
      {props.current === true ? <h1>{props.children}</h1> : props.children}
    </li>
  );
}
