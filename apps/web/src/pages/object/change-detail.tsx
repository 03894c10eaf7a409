import type { Change, ChangeClass } from '@kindscope/protocol';
import { namedClasses, partedFields, relistSentence } from '../../ui/changes/change-lines.ts';
import { ConditionLine } from '../../ui/changes/condition-line.tsx';
import { FieldDetail } from '../../ui/changes/field-detail.tsx';
import { managersText } from '../../ui/changes/manager-text.ts';
import { changeClassWords, ClassGlyph } from '../../ui/class-glyph.tsx';
import { counted, wholeNumber } from '../../ui/number.ts';
import { clockTime, clockTimeMs, fullTime } from '../../ui/time.ts';
import styles from './object-page.module.css';

/** One change, field by field. */
export function ChangeDetail(props: {
  readonly change: Change;
  readonly heading: string;
  /** What must be known to read it right. */
  readonly note?: string | undefined;
}) {
  const { change } = props;
  const managers = managersText(change.managers);
  const relist = relistSentence(change, clockTime);
  const { said, rest } = partedFields(change);
  return (
    <section className={styles.detail} aria-label="The change">
      <header className={styles.detailHead}>
        <h2>{props.heading}</h2>
        <time dateTime={change.time} title={fullTime(change.time)}>
          {clockTimeMs(change.time)}
        </time>
        <span className={styles.classes}>
          {shownClasses(change).map((name) => (
            <span key={name} className={styles.class}>
              <ClassGlyph of={name} size={12} silent />
              {changeClassWords[name]}
            </span>
          ))}
        </span>
        <span className={styles.quiet}>{countText(change)}</span>
      </header>
      {props.note !== undefined && <p>{props.note}</p>}
      <p className={styles.quiet}>
        {managers === '' ? 'Nobody can be named: no managedFields entry moved.' : managers}
        {relist !== undefined && ` · ${relist}`}
      </p>
      {change.conditions?.map((condition) => (
        <div key={condition.type} className={styles.condition}>
          <ConditionLine condition={condition} />
          {condition.message !== undefined && condition.message !== '' && (
            <p className={styles.quiet}>{condition.message}</p>
          )}
        </div>
      ))}
      {rest.length > 0 && (
        <ul aria-label="Changed fields">
          {rest.map((field) => (
            <FieldDetail key={field.path} field={field} />
          ))}
        </ul>
      )}
      {said.length > 0 && (
        <details className={styles.folded}>
          <summary>{counted(said.length, 'field')} of these conditions</summary>
          <ul aria-label="Changed fields of conditions">
            {said.map((field) => (
              <FieldDetail key={field.path} field={field} />
            ))}
          </ul>
        </details>
      )}
      {change.omitted !== undefined && (
        <p className={styles.quiet}>
          {wholeNumber(change.omitted)} more fields changed than are kept of a change.
        </p>
      )}
    </section>
  );
}

/** Of what differs in nothing there is no class, though the log has to give it one. */
function shownClasses(change: Change): readonly ChangeClass[] {
  return isWhole(change) || fieldCount(change) > 0 ? namedClasses(change) : [];
}

/** A created or deleted object is the change itself. */
function isWhole({ classes }: Change): boolean {
  return classes.includes('created') || classes.includes('deleted');
}

function fieldCount({ fields, omitted = 0 }: Change): number {
  return fields.length + omitted;
}

/** `2 fields, 1 manager`. */
function countText(change: Change): string {
  const fields = fieldCount(change);
  if (fields === 0) return isWhole(change) ? 'the whole object' : 'no field differs';
  const managers = change.managers.length;
  return `${counted(fields, 'field')}${managers === 0 ? '' : `, ${counted(managers, 'manager')}`}`;
}
