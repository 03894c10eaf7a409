import type { FieldChange } from '@kindscope/protocol';
import { shortPath } from './path-text.ts';
import { clippedPair, valueText } from './value-text.ts';
import styles from './change.module.css';

/** One field of a change on a line or two: its path, and what it was and is. */
export function FieldChangeLine({ field }: { readonly field: FieldChange }) {
  const before = 'before' in field ? valueText(field.before) : undefined;
  const after = 'after' in field ? valueText(field.after) : undefined;
  const short = clippedPair(before ?? '', after ?? '');
  return (
    <div className={styles.line}>
      <span className={styles.path} title={field.path}>
        {shortPath(field.path)}
      </span>
      <span className={styles.values}>
        {before === undefined && <span className={styles.word}>added</span>}
        {after === undefined && <span className={styles.word}>removed</span>}
        {before !== undefined && (
          <del className={styles.before} title={before}>
            {short.before}
          </del>
        )}
        {after !== undefined && (
          <ins className={styles.after} title={after}>
            {short.after}
          </ins>
        )}
      </span>
    </div>
  );
}
