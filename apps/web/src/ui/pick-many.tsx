import { Combobox } from '@base-ui/react/combobox';
import { Caret } from './caret.tsx';
import type { PickOption } from './pick-one.tsx';
import styles from './menu.module.css';

/** A button that says what is chosen and opens a list that can be searched, of which any number may be chosen. */
export function PickMany(props: {
  readonly label: string;
  /** What the button says: `7 kinds`. */
  readonly said: string;
  readonly values: readonly string[];
  readonly options: readonly PickOption[];
  readonly onChange: (values: readonly string[]) => void;
  /** What the list says when nothing in it contains what was typed. */
  readonly emptyText: string;
  /** Stands above the list. */
  readonly heading: string;
}) {
  const { label, options } = props;
  const chosen = props.values.map(
    (value): PickOption =>
      options.find((option) => option.value === value) ?? { value, label: value, note: '' },
  );
  return (
    <Combobox.Root
      multiple
      items={options}
      value={chosen}
      isItemEqualToValue={(a: PickOption, b: PickOption) => a.value === b.value}
      onValueChange={(next: PickOption[]) => props.onChange(next.map(({ value }) => value))}
    >
      <Combobox.Trigger className={styles.trigger} aria-label={`${label}: ${props.said}`}>
        <span className={styles.chosen}>{props.said}</span>
        <Caret />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner
          className={styles.positioner}
          sideOffset={4}
          align="start"
          collisionPadding={8}
        >
          <Combobox.Popup className={styles.popup} aria-label={label}>
            <Combobox.Input
              className={styles.filter}
              placeholder={`Search ${label.toLowerCase()}`}
              aria-label={`Search ${label.toLowerCase()}`}
            />
            <div className={styles.heading}>{props.heading}</div>
            <Combobox.Empty className={styles.empty}>{props.emptyText}</Combobox.Empty>
            <Combobox.List>
              {(option: PickOption) => (
                <Combobox.Item key={option.value} value={option} className={styles.item}>
                  <svg viewBox="0 0 14 14" className={styles.mark} aria-hidden="true">
                    {props.values.includes(option.value) && <path d="m3 7.4 2.7 2.8L11 4" />}
                  </svg>
                  <span className={styles.text}>{option.label}</span>
                  <span className={styles.note}>{option.note}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
