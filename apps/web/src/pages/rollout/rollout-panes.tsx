import type { ResourceRef } from '@kindscope/protocol';
import type { RolloutSnapshot } from '../../live/index.ts';
import { classes } from '../../ui/classes.ts';
import type { ChangeLink } from '../timeline/change-link.ts';
import { ChangePanel } from '../timeline/change-panel.tsx';
import { ComparePane } from './panes/compare-pane.tsx';
import { EventsPane } from './panes/events-pane.tsx';
import { FindingsPane } from './panes/findings-pane.tsx';
import type { RolloutTab } from './rollout-url.ts';
import styles from './rollout.module.css';

const words: Record<RolloutTab, string> = { why: 'Why', events: 'Events', compare: 'Compare' };
const tabs: readonly RolloutTab[] = ['why', 'events', 'compare'];

/** Below the lanes: why it is stuck, its Events, the rollout before it, and the change that is looked at. */
export function RolloutPanes(props: {
  readonly object: {
    readonly resource: ResourceRef;
    readonly namespace: string;
    readonly name: string;
  };
  readonly rollout: RolloutSnapshot;
  readonly asOf: string | undefined;
  readonly tab: RolloutTab;
  /** The uid of the node that is chosen. */
  readonly node: string | undefined;
  /** The change that is shown. */
  readonly open: ChangeLink | undefined;
  /** There is no room for two panes beside each other. */
  readonly narrow: boolean;
  readonly onTab: (tab: RolloutTab) => void;
  readonly onNode: (uid: string) => void;
  readonly onOpen: (id: number | undefined) => void;
}) {
  const { rollout, asOf, tab, narrow, open, onNode } = props;
  const events = <EventsPane rollout={rollout} asOf={asOf} node={props.node} onNode={onNode} />;
  const change = open !== undefined && (
    <ChangePanel {...open} timeline={besides(rollout)} onOpen={props.onOpen} />
  );
  const left =
    tab === 'compare' ? (
      <ComparePane {...props.object} />
    ) : (
      <FindingsPane rollout={rollout} asOf={asOf} onNode={onNode} />
    );
  if (!narrow) {
    return (
      <div className={styles.panes}>
        <div className={styles.pane}>{left}</div>
        <div className={styles.aside}>{change === false ? events : change}</div>
      </div>
    );
  }
  return (
    <div className={styles.stack}>
      <fieldset className={styles.tabs} aria-label="Show">
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === tab}
            className={classes(styles.tab, one === tab && styles.on)}
            onClick={() => props.onTab(one)}
          >
            {words[one]}
          </button>
        ))}
      </fieldset>
      <div className={styles.pane}>{tab === 'events' ? events : left}</div>
      {change}
    </div>
  );
}

/** The change before and after another, of the same object. */
function besides({ marks }: Pick<RolloutSnapshot, 'marks'>) {
  return {
    beside: (id: number, direction: 'earlier' | 'later'): number | undefined => {
      for (const lane of marks.values()) {
        const shown = lane.filter(({ classes }) => classes.some((name) => name !== 'heartbeat'));
        const at = shown.findIndex((mark) => mark.id === id);
        if (at >= 0) return shown[direction === 'earlier' ? at - 1 : at + 1]?.id;
      }
      return undefined;
    },
  };
}
