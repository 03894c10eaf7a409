import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import styles from './menu.module.css';

/** A button that opens a list of choices. */
export function Menu(props: {
  /** What opens it: a {@link Button} or the like. */
  readonly trigger: ReactElement;
  readonly heading?: string;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          sideOffset={4}
          align={props.align ?? 'start'}
          collisionPadding={8}
        >
          <Base.Popup className={styles.popup}>
            {props.heading !== undefined && <div className={styles.heading}>{props.heading}</div>}
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A choice that is on or off by itself; the menu stays open. */
export function MenuCheck(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly note?: string | undefined;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Base.CheckboxItem
      className={styles.item}
      checked={props.checked}
      disabled={props.disabled ?? false}
      onCheckedChange={props.onChange}
      closeOnClick={false}
    >
      <Mark on={props.checked} />
      <span className={styles.text}>{props.children}</span>
      {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
    </Base.CheckboxItem>
  );
}

export interface MenuOption {
  readonly value: string;
  /** What is said of it beside its name. */
  readonly note?: ReactNode;
}

/** One choice of several. */
export function MenuChoice(props: {
  readonly value: string;
  readonly options: readonly MenuOption[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Base.RadioGroup
      value={props.value}
      onValueChange={(value: unknown) => props.onChange(String(value))}
    >
      {props.options.map((option) => (
        <Base.RadioItem
          key={option.value}
          value={option.value}
          className={styles.item}
          closeOnClick={true}
        >
          <Mark on={option.value === props.value} />
          <span className={styles.text}>{option.value}</span>
          {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

function Mark({ on }: { readonly on: boolean }) {
  return (
    <svg viewBox="0 0 14 14" className={styles.mark} aria-hidden="true">
      {on && <path d="m3 7.4 2.7 2.8L11 4" />}
    </svg>
  );
}
