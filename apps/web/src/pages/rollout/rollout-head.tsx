import type { RolloutNode, RolloutSummary } from '@kindscope/protocol';
import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../../search.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { AsOf } from './as-of.tsx';
import type { LaneView } from './lane/lane-view.ts';
import { RolloutLegend } from './rollout-legend.tsx';
import { momentLink } from './rollout-url.ts';
import { useViewState } from './use-lane-view.ts';
import styles from './rollout.module.css';

/** How far it is, what the shapes mean, and what time is shown. Children are more buttons. */
export function RolloutHead(props: {
  readonly root: RolloutNode | undefined;
  readonly summary: RolloutSummary | undefined;
  readonly view: LaneView;
  /** How many changes came since the pause. */
  readonly waiting: number;
  readonly asOf: string | undefined;
  readonly children: ReactNode;
}) {
  const { view, summary } = props;
  return (
    <header className={styles.head}>
      <Facts root={props.root} summary={summary} asOf={props.asOf} />
      <RolloutLegend />
      <div className={styles.actions}>
        <PauseButton view={view} waiting={props.waiting} />
        {props.children}
        <CopyButton
          title="A link to what is seen now: the time, and what is chosen"
          text={() => momentLink(window.location.href, view.snapshot().span, formatDuration)}
        >
          Copy link
        </CopyButton>
      </div>
    </header>
  );
}

function Facts(props: Pick<Parameters<typeof RolloutHead>[0], 'root' | 'summary' | 'asOf'>) {
  const { root, summary, asOf } = props;
  const { generation, observedGeneration } = root ?? {};
  const { step, ready, updated, weight } = summary ?? {};
  return (
    <p className={styles.facts} aria-label="Progress">
      <AsOf>{asOf}</AsOf>
      {generation !== undefined && (
        <span>
          generation <b>{generation}</b>
          {observedGeneration !== undefined && (
            <>
              {' · observed '}
              <b data-behind={observedGeneration !== generation}>{observedGeneration}</b>
            </>
          )}
        </span>
      )}
      {step !== undefined && (
        <span title={step.text}>
          step <b>{step.is}</b> of {step.of}
        </span>
      )}
      {weight !== undefined && (
        <span>
          weight <b>{weight}</b>%
        </span>
      )}
      {updated !== undefined && updated.is < updated.of && (
        <span>
          updated <b>{wholeNumber(updated.is)}</b> of {wholeNumber(updated.of)}
        </span>
      )}
      {ready !== undefined && (
        <span>
          ready <b>{wholeNumber(ready.is)}</b> of {wholeNumber(ready.of)}
        </span>
      )}
    </p>
  );
}

function PauseButton({ view, waiting }: { readonly view: LaneView; readonly waiting: number }) {
  const { following, pausedAt } = useViewState(view);
  if (pausedAt !== undefined) {
    return (
      <Button on onClick={() => view.input({ kind: 'resume' })}>
        <Play aria-hidden="true" />
        Resume{waiting > 0 && ` · ${wholeNumber(waiting)} waiting`}
      </Button>
    );
  }
  return following ? (
    <Button onClick={() => view.input({ kind: 'pause' })}>
      <Pause aria-hidden="true" />
      Pause
    </Button>
  ) : (
    <Button on onClick={() => view.input({ kind: 'follow' })}>
      <Play aria-hidden="true" />
      Back to now
    </Button>
  );
}
