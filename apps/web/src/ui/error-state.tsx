import type { ReactNode } from 'react';
import { StatusGlyph } from './status-glyph.tsx';
import styles from './state.module.css';

/** Something cannot be shown: what, why, and the line to type. Children are what can be done here. */
export function ErrorState(props: {
  readonly title: string;
  readonly detail?: string;
  readonly remedy?: string | undefined;
  readonly tone?: 'failing' | 'working';
  readonly children?: ReactNode;
}) {
  return (
    <section className={styles.state} role="alert">
      <StatusGlyph status={props.tone ?? 'failing'} />
      <div className={styles.body}>
        <h2>{props.title}</h2>
        {props.detail !== undefined && <p>{props.detail}</p>}
        {props.remedy !== undefined && <p className={styles.remedy}>{props.remedy}</p>}
        {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
      </div>
    </section>
  );
}
