import { toYaml, type JsonValue } from '@kindscope/kube';
import type { FieldChange } from '@kindscope/protocol';
import { useMemo } from 'react';
import { valueText } from './value-text.ts';
import { WordDiffText } from './word-diff-text.tsx';
import { wordDiff } from './word-diff.ts';
import styles from './change.module.css';

/** Beyond this a value is cut: the object's YAML has it whole. */
const longest = 4000;

/** One changed field in full: its path, and before and after with the words that differ. */
export function FieldDetail({ field }: { readonly field: FieldChange }) {
  const before = 'before' in field ? fullText(field.before) : undefined;
  const after = 'after' in field ? fullText(field.after) : undefined;
  const diff = useMemo(
    () => (before === undefined || after === undefined ? undefined : wordDiff(before, after)),
    [before, after],
  );
  return (
    <li className={styles.detail}>
      <code className={styles.fullPath}>{field.path}</code>
      {before === undefined && <span className={styles.verb}>added</span>}
      {after === undefined && <span className={styles.verb}>removed</span>}
      <div className={styles.sides}>
        {before !== undefined && (
          <WordDiffText side="before" pieces={diff?.before ?? [{ text: before, changed: false }]} />
        )}
        {after !== undefined && (
          <WordDiffText side="after" pieces={diff?.after ?? [{ text: after, changed: false }]} />
        )}
      </div>
      {field.truncated === true && (
        <span className={styles.said}>Too long to show whole: these are the first characters.</span>
      )}
    </li>
  );
}

/** Objects and lists as YAML, one field a line; the rest as it is. */
function fullText(value: unknown): string {
  const structured = typeof value === 'object' && value !== null && !('rawJSON' in value);
  const text = structured
    ? toYaml(value as JsonValue).trimEnd()
    : typeof value === 'string' && value !== ''
      ? value
      : valueText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
