import { classes } from '../../ui/classes.ts';
import styles from './object-page.module.css';

/** `about` is what stands beside the other two where there is room. */
export type ObjectTab = 'changed' | 'yaml' | 'about';

const words: Record<ObjectTab, string> = { changed: 'What changed', yaml: 'YAML', about: 'About' };

/** The tab that a URL asks for. */
export function tabOf(text: string | undefined): ObjectTab {
  return text === 'yaml' || text === 'about' ? text : 'changed';
}

/** What is shown of the object; the first is the one without a name in the URL. */
export function ObjectTabs(props: {
  readonly tab: ObjectTab;
  readonly onChange: (tab: ObjectTab | undefined) => void;
}) {
  const tabs: readonly ObjectTab[] = ['changed', 'yaml', 'about'];
  return (
    <fieldset className={styles.tabs} aria-label="Show">
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-pressed={tab === props.tab}
          className={classes(styles.tab, styles[`tab-${tab}`], tab === props.tab && styles.on)}
          onClick={() => props.onChange(tab === 'changed' ? undefined : tab)}
        >
          {words[tab]}
        </button>
      ))}
    </fieldset>
  );
}
