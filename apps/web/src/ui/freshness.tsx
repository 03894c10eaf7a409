import { classes } from './classes.ts';
import { clockTime } from './time.ts';
import styles from './freshness.module.css';

/** The shape of the protocol's Freshness, as far as it is shown. */
export type FreshnessValue =
  | { readonly kind: 'syncing'; readonly received: number; readonly expected?: number }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly since: string }
  | { readonly kind: 'stale'; readonly since: string }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'gone' };

/** Live, Syncing 71%, Reconnecting, Stale since 14:11:31, Forbidden; said aloud when it changes. */
export function Freshness(props: {
  readonly value: FreshnessValue;
  readonly context?: string | undefined;
}) {
  return (
    <span className={classes(styles.freshness, styles[props.value.kind])}>
      <output aria-label="Freshness">{freshnessWords(props.value)}</output>
      {props.context !== undefined && (
        <span className={styles.context} title="Cluster">
          {props.context}
        </span>
      )}
    </span>
  );
}

export function freshnessWords(value: FreshnessValue): string {
  switch (value.kind) {
    case 'live':
      return 'Live';
    case 'syncing':
      return value.expected === undefined || value.expected === 0
        ? 'Syncing'
        : `Syncing ${Math.min(99, Math.floor((value.received / value.expected) * 100))}%`;
    case 'reconnecting':
      return 'Reconnecting';
    case 'stale':
      return `Stale since ${clockTime(value.since)}`;
    case 'forbidden':
      return 'Forbidden';
    case 'gone':
      return 'No longer served';
  }
}
