import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { ClassGlyph } from '../../ui/class-glyph.tsx';
import type { ChosenStops } from '../../ui/scrubber/scrubber.tsx';
import { clockTimeMs, fullTime } from '../../ui/time.ts';
import { stateKey, type ComparedStates, type HeldState } from './object-history.ts';
import styles from './object-page.module.css';

/** Which two states are compared; each may be moved by one, however near they are to each other. */
export function ComparedEnds(props: {
  /** Oldest first. */
  readonly states: readonly HeldState[];
  readonly compared: ComparedStates;
  readonly onCompare: (keys: ChosenStops) => void;
}) {
  const { states, compared, onCompare } = props;
  const first = states.indexOf(compared.from);
  const last = states.indexOf(compared.to);
  const move = (from: number, to: number) => {
    const [before, after] = [states[from], states[to]];
    if (before === undefined || after === undefined || from >= to) return undefined;
    return () => onCompare({ from: stateKey(before), to: stateKey(after) });
  };
  return (
    <>
      <span>Comparing</span>
      <End
        state={compared.from}
        name="the earlier state"
        earlier={move(first - 1, last)}
        later={move(first + 1, last)}
      />
      <span>with</span>
      <End
        state={compared.to}
        name="the later state"
        earlier={move(first, last - 1)}
        later={move(first, last + 1)}
      />
    </>
  );
}

function End(props: {
  readonly state: HeldState;
  readonly name: string;
  /** Undefined where there is none. */
  readonly earlier: (() => void) | undefined;
  readonly later: (() => void) | undefined;
}) {
  const { state, name } = props;
  return (
    <span className={styles.end}>
      <StepButton label={`Move ${name} back`} onClick={props.earlier}>
        <ChevronLeft aria-hidden="true" />
      </StepButton>
      {state.shown !== undefined && <ClassGlyph of={state.shown} size={11} />}
      <b title={titleOf(state)}>{stateText(state)}</b>
      <StepButton label={`Move ${name} on`} onClick={props.later}>
        <ChevronRight aria-hidden="true" />
      </StepButton>
    </span>
  );
}

function StepButton(props: {
  readonly label: string;
  readonly onClick: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={styles.step}
      aria-label={props.label}
      // It stays where the keyboard is when there is nowhere further to go.
      aria-disabled={props.onClick === undefined}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

function stateText({ time, deleted }: HeldState): string {
  const at = time === undefined ? 'as it was found' : clockTimeMs(new Date(time).toISOString());
  return deleted ? `${at}, its end` : at;
}

function titleOf({ time, uid, resourceVersion }: HeldState): string {
  const at = time === undefined ? [] : [fullTime(new Date(time).toISOString())];
  return [...at, `resourceVersion ${resourceVersion}`, `uid ${uid}`].join('\n');
}
