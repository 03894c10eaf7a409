import type { RolloutSummary } from '@kindscope/protocol';
import { Minus, MoveHorizontal, Plus } from 'lucide-react';
import { useLive } from '../../live/index.ts';
import { nextStep, spanText } from '../timeline/span-steps.ts';
import { wholeSpan, type LaneView } from './lane/lane-view.ts';
import { useViewState } from './use-lane-view.ts';
import styles from './rollout.module.css';

/** How much time the lanes show: less, more, or the whole rollout. */
export function SpanControl(props: {
  readonly view: LaneView;
  readonly summary: RolloutSummary | undefined;
}) {
  const { view } = props;
  const live = useLive();
  const { span } = useViewState(view);
  const length = Math.round(span.to - span.from);
  const step = (direction: 'shorter' | 'longer') => (): void =>
    view.input({ kind: 'length', to: nextStep(length, direction) });
  const { started, ended } = props.summary ?? {};
  return (
    <fieldset className={styles.span} aria-label="Time shown">
      <button type="button" aria-label="Less time" onClick={step('shorter')}>
        <Minus aria-hidden="true" />
      </button>
      <output>{spanText(length)}</output>
      <button type="button" aria-label="More time" onClick={step('longer')}>
        <Plus aria-hidden="true" />
      </button>
      {started !== undefined && (
        <button
          type="button"
          aria-label="The whole rollout"
          title="The whole rollout"
          onClick={() =>
            view.input({ kind: 'show', span: wholeSpan({ started, ended }, live.now()) })
          }
        >
          <MoveHorizontal aria-hidden="true" />
        </button>
      )}
    </fieldset>
  );
}
