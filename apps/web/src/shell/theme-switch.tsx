import { Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { useTheme, type Theme } from '../theme.ts';
import styles from './theme-switch.module.css';

const choices: readonly {
  readonly theme: Theme;
  readonly label: string;
  readonly icon: LucideIcon;
}[] = [
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
  { theme: 'system', label: 'As the system', icon: Monitor },
];

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const [chosen, choose] = useTheme();
  // A page may have two of these: radios of one name would take the mark from each other.
  const name = useId();
  return (
    <fieldset className={styles.switch}>
      <legend>Theme</legend>
      {choices.map(({ theme, label, icon: Icon }) => (
        <label key={theme} title={label}>
          <input
            type="radio"
            name={name}
            value={theme}
            aria-label={label}
            checked={theme === chosen}
            onChange={() => choose(theme)}
          />
          <Icon aria-hidden="true" />
        </label>
      ))}
    </fieldset>
  );
}
