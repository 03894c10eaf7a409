import type { Change } from '@kindscope/protocol';
import type { ReactNode } from 'react';
import { ClassGlyph } from '../class-glyph.tsx';
import { counted } from '../number.ts';
import { clockTime, clockTimeMs, fullTime } from '../time.ts';
import { lifeSentence, relistSentence, shownFields } from './change-lines.ts';
import { ConditionLine } from './condition-line.tsx';
import { FieldChangeLine } from './field-change.tsx';
import { managersText } from './manager-text.ts';
import styles from './change.module.css';

/** One change as a sentence: what object, when, which field, from what to what, by which manager. */
export function ChangeEntry({
  change,
  effect,
  title,
}: {
  readonly change: Change;
  /** How it moved relative to the selector, `left tier=web`. */
  readonly effect?: string | undefined;
  /** The object's name, as a link where there is somewhere to go. */
  readonly title: ReactNode;
}) {
  return (
    <article className={styles.entry} data-class={change.classes[0]}>
      <span className={styles.glyph}>
        <ClassGlyph of={change.classes[0] ?? 'status'} />
      </span>
      <div className={styles.title}>{title}</div>
      <time className={styles.time} dateTime={change.time} title={fullTime(change.time)}>
        {clockTimeMs(change.time)}
      </time>
      <ChangeBody change={change} effect={effect} />
    </article>
  );
}

/** What an entry says below its title. */
export function ChangeBody(props: {
  readonly change: Change;
  readonly effect?: string | undefined;
}) {
  const { change, effect } = props;
  const life = lifeSentence(change, change.formerLife && clockTime(change.formerLife.ended));
  const relist = relistSentence(change, clockTime);
  const { fields, more } = shownFields(change);
  const says = life !== undefined || fields.length + more + (change.conditions?.length ?? 0) > 0;
  const managers = managersText(change.managers);
  return (
    <div className={styles.body}>
      {life !== undefined && <div className={styles.said}>{life}</div>}
      {!says && <div className={styles.said}>written again, every field as it was</div>}
      {change.conditions?.map((condition) => (
        <ConditionLine key={condition.type} condition={condition} />
      ))}
      {fields.map((field) => (
        <FieldChangeLine key={field.path} field={field} />
      ))}
      {more > 0 && <div className={styles.said}>and {counted(more, 'more field')}</div>}
      {effect !== undefined && <div className={styles.line}>{effect}</div>}
      {managers !== '' && <div className={styles.who}>{managers}</div>}
      {relist !== undefined && <div className={styles.relist}>{relist}</div>}
    </div>
  );
}
