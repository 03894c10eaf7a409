import { Combobox } from '@base-ui/react/combobox';
import { Caret } from './caret.tsx';
import styles from './menu.module.css';

export interface PickOption {
  /** Empty: none of them. */
  readonly value: string;
  readonly label: string;
  readonly note: string;
}

/** A button that shows what is chosen and opens a list that can be searched. */
export function PickOne(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly PickOption[];
  readonly onChange: (value: string) => void;
  /** What the list says when nothing in it contains what was typed. */
  readonly emptyText: string;
}) {
  const { label, value, options } = props;
  const chosen = options.find((option) => option.value === value) ?? {
    value,
    label: value,
    note: '',
  };
  return (
    <Combobox.Root
      items={options}
      value={chosen}
      isItemEqualToValue={(a: PickOption, b: PickOption) => a.value === b.value}
      onValueChange={(next: PickOption | null) => {
        if (next !== null) props.onChange(next.value);
      }}
    >
      <Combobox.Trigger className={styles.trigger} aria-label={`${label}: ${chosen.label}`}>
        {label}
        <span className={styles.chosen}>{chosen.label}</span>
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
              placeholder={`Search ${label.toLowerCase()}s`}
              aria-label={`Search ${label.toLowerCase()}s`}
            />
            <Combobox.Empty className={styles.empty}>{props.emptyText}</Combobox.Empty>
            <Combobox.List>
              {(option: PickOption) => (
                <Combobox.Item key={option.value} value={option} className={styles.item}>
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
