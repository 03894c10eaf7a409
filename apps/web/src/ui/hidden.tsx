import type { ReactNode } from 'react';
import styles from './hidden.module.css';

/** Said by screen readers, not shown: what the eye takes from colour, place or shape. */
export function Hidden({ children }: { readonly children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
