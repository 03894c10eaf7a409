import type { ReactNode } from 'react';
import styles from './state.module.css';

/** Nothing is here: why, and what would fill it. */
export function EmptyState(props: {
  readonly title: string;
  readonly detail?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className={styles.state}>
      <div className={styles.body}>
        <h2>{props.title}</h2>
        {props.detail !== undefined && <p>{props.detail}</p>}
        {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
      </div>
    </section>
  );
}
