import { classes } from '../../ui/classes.ts';
import styles from './resource-page.module.css';

export type PageTab = 'objects' | 'changes';

/** Where there is no room for both side by side: which of them is shown. */
export function NarrowTabs(props: {
  readonly tab: PageTab;
  readonly onChange: (tab: PageTab) => void;
}) {
  const button = (tab: PageTab, text: string) => (
    <button
      type="button"
      aria-pressed={props.tab === tab}
      aria-controls={tab}
      className={classes(styles.tab, props.tab === tab && styles.on)}
      onClick={() => props.onChange(tab)}
    >
      {text}
    </button>
  );
  return (
    <fieldset className={styles.tabs} aria-label="Show">
      {button('objects', 'Objects')}
      {button('changes', 'Changes')}
    </fieldset>
  );
}
