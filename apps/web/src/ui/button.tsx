import type { ButtonHTMLAttributes } from 'react';
import { classes } from './classes.ts';
import styles from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: 'plain' | 'ghost' | 'primary';
  /** Chosen, of several: said to screen readers as pressed. */
  readonly on?: boolean;
}

export function Button({ variant = 'plain', on, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      className={classes(styles.button, styles[variant], on === true && styles.on, className)}
      {...rest}
    />
  );
}
