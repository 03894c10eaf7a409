import type { Change } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { objectParams } from '../links.ts';
import type { Changes } from '../live/index.ts';
import { Button } from '../ui/button.tsx';
import { effectText } from '../ui/changes/effect-text.ts';
import { feedItems } from '../ui/changes/feed-items.ts';
import { Feed } from '../ui/changes/feed.tsx';
import { freshnessWords } from '../ui/freshness.tsx';
import { wholeNumber } from '../ui/number.ts';
import { PastChanges, type PastChangesProps } from './past-changes.tsx';
import styles from './changes-pane.module.css';

/** The feed of changes with its head: how fresh it is, and a pause that loses nothing. */
export function ChangesPane(props: {
  readonly changes: Changes;
  readonly labelSelector?: string | undefined;
  /** Whether a namespace says something here. */
  readonly namespaced: boolean;
  /** What is said when there is no change yet. */
  readonly empty: ReactNode;
  /** A time that was chosen: its changes are shown instead of the live ones. */
  readonly past?: Omit<PastChangesProps, 'renderTitle' | 'effect'> | undefined;
}) {
  const { changes, labelSelector, namespaced } = props;
  const { fault, ready } = changes;
  const items = useMemo(() => feedItems(changes.entries), [changes.entries]);
  const renderTitle = useCallback(
    (change: Change) => <ObjectLink change={change} namespaced={namespaced} />,
    [namespaced],
  );
  const effect = useCallback(
    (change: Change) => effectText(change, labelSelector),
    [labelSelector],
  );
  if (props.past !== undefined) {
    return <PastChanges {...props.past} renderTitle={renderTitle} effect={effect} />;
  }
  return (
    <section className={styles.pane} aria-label="Changes">
      <header className={styles.head}>
        <h2>Changes</h2>
        <span className={styles.word}>
          {changes.paused
            ? 'paused'
            : (ready || fault === undefined) && freshnessWords(changes.freshness).toLowerCase()}
        </span>
        <PauseButton changes={changes} />
      </header>
      {items.length === 0 ? (
        <p className={styles.note}>
          {ready
            ? (unheard[changes.freshness.kind] ?? props.empty)
            : (fault?.detail ?? 'Waiting for the first answer.')}
        </p>
      ) : (
        <Feed label="Changes" items={items} renderTitle={renderTitle} effect={effect}>
          {changes.dropped && <p className={styles.note}>Older changes are not kept here.</p>}
        </Feed>
      )}
    </section>
  );
}

/** Where nobody listens, no change is no news. */
const unheard: Partial<Record<Changes['freshness']['kind'], string>> = {
  forbidden: 'Nothing is watched here, since it may not be: changes are not seen.',
  stale: 'No change was seen before it went stale; what happened since is not known yet.',
  gone: 'Nothing is watched here, since it is not served: changes are not seen.',
};

function PauseButton({ changes }: { readonly changes: Changes }) {
  const { paused, waiting } = changes;
  return paused ? (
    <Button on className={styles.pause} onClick={changes.resume}>
      <Play aria-hidden="true" />
      Resume{waiting > 0 && ` · ${wholeNumber(waiting)} waiting`}
    </Button>
  ) : (
    <Button className={styles.pause} onClick={changes.pause}>
      <Pause aria-hidden="true" />
      Pause
    </Button>
  );
}

function ObjectLink(props: { readonly change: Change; readonly namespaced: boolean }) {
  const { resource, namespace, name } = props.change;
  return (
    <>
      <Link
        to="/r/$group/$version/$resource/o/$namespace/$name"
        params={objectParams(resource, namespace, name)}
        className={styles.link}
        preload={false}
        title={namespace === '' ? name : `${namespace}/${name}`}
      >
        {name}
      </Link>
      {props.namespaced && <span className={styles.namespace}>{namespace}</span>}
    </>
  );
}
