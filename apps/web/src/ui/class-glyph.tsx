import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './class-glyph.module.css';

/** The classes of a change, in order of precedence. */
export type ChangeClassName =
  | 'deleted'
  | 'recreated'
  | 'created'
  | 'deleting'
  | 'spec'
  | 'condition'
  | 'metadata'
  | 'status'
  | 'heartbeat';

export const changeClassWords: Record<ChangeClassName, string> = {
  deleted: 'Deleted',
  recreated: 'Created anew',
  created: 'Created',
  deleting: 'Deletion asked for',
  spec: 'Spec',
  condition: 'Condition',
  metadata: 'Labels, annotations',
  status: 'Status',
  heartbeat: 'Heartbeat',
};

const shapes: Record<ChangeClassName, ReactNode> = {
  spec: <path d="M7 1.5 13 12.5H1z" fill="currentColor" />,
  condition: <path d="M7 .8 13.2 7 7 13.2.8 7z" fill="currentColor" />,
  status: <circle cx="7" cy="7" r="5.2" fill="currentColor" />,
  metadata: <rect x="2" y="2" width="10" height="10" rx="1" fill="currentColor" />,
  created: <path d="M7 1.5v11M1.5 7h11" stroke="currentColor" strokeWidth="2.6" />,
  recreated: (
    <>
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7 3.6v6.8M3.6 7h6.8" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  deleting: (
    <>
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="m4.6 4.6 4.8 4.8m0-4.8-4.8 4.8" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  deleted: <path d="m2.4 2.4 9.2 9.2m0-9.2-9.2 9.2" stroke="currentColor" strokeWidth="2.6" />,
  heartbeat: <circle cx="7" cy="7" r="2" fill="currentColor" />,
};

/** The shape and colour of a class of change; named for screen readers unless a word stands beside it. */
export function ClassGlyph(props: {
  readonly of: ChangeClassName;
  readonly size?: number;
  readonly silent?: boolean;
}) {
  const size = props.size ?? 14;
  const name =
    props.silent === true
      ? ({ 'aria-hidden': true } as const)
      : ({ role: 'img', 'aria-label': changeClassWords[props.of] } as const);
  return (
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      className={classes(styles.glyph, styles[props.of])}
      {...name}
    >
      {shapes[props.of]}
    </svg>
  );
}
