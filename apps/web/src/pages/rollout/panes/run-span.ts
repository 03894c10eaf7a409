import type { RolloutRun } from '@kindscope/protocol';

/** How long a rollout took, or has taken by now, milliseconds; undefined where nobody saw its beginning or its end. */
export function runLength(run: RolloutRun, now: number): number | undefined {
  if (run.started === undefined) return undefined;
  const end = run.ended ?? (run.outcome === 'under way' ? now : undefined);
  return end === undefined ? undefined : Math.max(0, end - run.started);
}

/** What is said of the two together: `2 min 4 s longer than the one before`. Nothing while one is not known or not over. */
export function lengthComparison(
  newest: number | undefined,
  before: number | undefined,
): 'same' | { readonly longer: number } | { readonly shorter: number } | undefined {
  if (newest === undefined || before === undefined) return undefined;
  // Less than a second is how long it takes to be seen.
  if (Math.abs(newest - before) < 1000) return 'same';
  return newest > before ? { longer: newest - before } : { shorter: before - newest };
}
