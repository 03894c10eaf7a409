import { classes } from '../classes.ts';
import type { Completion } from './grammar.ts';
import styles from './selector.module.css';

/** What may stand at the caret. The focus stays in the field, which names the active option. */
export function CompletionList(props: {
  /** The field's; the list is `${id}-list`, its options `${id}-0` and on. */
  readonly id: string;
  readonly heading: string;
  readonly options: readonly Completion[];
  readonly active: number;
  readonly onPick: (option: Completion) => void;
}) {
  const { id, options, active } = props;
  if (options.length === 0) return null;
  return (
    <div className={styles.popup}>
      <div className={styles.heading} aria-hidden="true">
        {props.heading}
      </div>
      {/* A native list would take the focus from the field. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div id={`${id}-list`} role="listbox" aria-label={props.heading}>
        {options.map((option, index) => (
          <div
            key={`${option.label}-${option.insert}`}
            ref={index === active ? intoView : undefined}
            id={`${id}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={classes(styles.option, index === active && styles.active)}
            onMouseDown={(event) => {
              event.preventDefault();
              props.onPick(option);
            }}
          >
            <span className={styles.name}>{option.label}</span>
            <span className={styles.detail}>{option.detail}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function intoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
