import type { ConditionChange } from '@kindscope/protocol';
import { conditionParts, conditionTone } from './condition-text.ts';
import styles from './change.module.css';

/** `Progressing True → False after 4 min 12 s`, and the reason on a line of its own. */
export function ConditionLine({ condition }: { readonly condition: ConditionChange }) {
  const { lead, status, rest } = conditionParts(condition);
  return (
    <>
      <div className={styles.line}>
        <span>
          {lead}
          <b data-tone={conditionTone(condition.type, condition.to)} className={styles.tone}>
            {status}
          </b>
          {rest}
        </span>
      </div>
      {condition.reason !== undefined && condition.reason !== '' && (
        <div className={styles.line} title={condition.message}>
          {condition.reason}
        </div>
      )}
    </>
  );
}
