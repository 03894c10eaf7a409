import type { Change } from '@kindscope/protocol';
import { useState } from 'react';
import type { Changes } from '../../live/index.ts';
import { namedClasses } from '../../ui/changes/change-lines.ts';
import { feedItems } from '../../ui/changes/feed-items.ts';
import { Feed } from '../../ui/changes/feed.tsx';
import { changeClassWords } from '../../ui/class-glyph.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { ChangeDetail } from './change-detail.tsx';
import styles from './object-page.module.css';

/** The last change of the object field by field, and all its changes to choose another from. */
export function WhatChanged(props: {
  readonly changes: Changes;
  /** How many there are in all, as far as they are kept. */
  readonly total: number;
}) {
  const { entries, ready } = props.changes;
  const [chosen, setChosen] = useState<string>();
  const changes = entries.filter((entry) => entry.type === 'change');
  const newest = telling(changes) ?? changes[0];
  const shown = changes.find(({ key }) => key === chosen) ?? newest;
  if (shown === undefined) {
    return ready ? (
      <EmptyState
        title="It has not changed since Kindscope watches it"
        detail="Its next change appears here at once, field by field."
      />
    ) : (
      <EmptyState title="Waiting for its changes" />
    );
  }
  return (
    <div className={styles.changed}>
      <ChangeDetail change={shown.change} heading={shown === newest ? 'Last change' : 'Change'} />
      <h2 className={styles.listHead}>
        Its changes <span className={styles.quiet}>{countText(changes.length, props.total)}</span>
      </h2>
      <Feed
        label="Changes of this object"
        items={feedItems(entries)}
        renderTitle={(change) => (
          <button
            type="button"
            className={styles.choose}
            aria-pressed={change.id === shown.change.id}
            onClick={() => setChosen(changes.find((entry) => entry.change.id === change.id)?.key)}
          >
            {namedClasses(change)
              .map((name) => changeClassWords[name])
              .join(', ')}
          </button>
        )}
      />
    </div>
  );
}

/** The newest that is more than a heartbeat: that is what one comes to see. */
function telling(
  changes: readonly { readonly key: string; readonly change: Change }[],
): { readonly key: string; readonly change: Change } | undefined {
  return changes.find(({ change }) => change.classes[0] !== 'heartbeat');
}

function countText(count: number, total: number): string {
  if (count >= total) return wholeNumber(count);
  return `the newest ${wholeNumber(count)} of ${wholeNumber(total)}`;
}
