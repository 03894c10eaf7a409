import type { RolloutScene } from '../rollout/scene.ts';
import type { RolloutFinding, Rule } from './finding.ts';
import { bySeverity, groupTroubles } from './grouping.ts';
import { analysisFailed } from './rules/analysis-failed.ts';
import { argoAborted } from './rules/argo-aborted.ts';
import { claimPending } from './rules/claim-pending.ts';
import { containerWaiting } from './rules/container-waiting.ts';
import { countsNotMoving } from './rules/counts-not-moving.ts';
import { crashLoop } from './rules/crash-loop.ts';
import { creationRefused } from './rules/creation-refused.ts';
import { deadlineExceeded } from './rules/deadline-exceeded.ts';
import { deletionHeld } from './rules/deletion-held.ts';
import { failedCondition } from './rules/failed-condition.ts';
import { failedPhase } from './rules/failed-phase.ts';
import { generationNotObserved } from './rules/generation-not-observed.ts';
import { jobFailed } from './rules/job-failed.ts';
import { notReady } from './rules/not-ready.ts';
import { nothingWanted } from './rules/nothing-wanted.ts';
import { paused } from './rules/paused.ts';
import { podFailed } from './rules/pod-failed.ts';
import { statefulSetBlocked } from './rules/stateful-set-blocked.ts';
import { unschedulable } from './rules/unschedulable.ts';
import { warningEvent } from './rules/warning-event.ts';
import { indexScene } from './scene-index.ts';

/** Every rule by its name, the most telling first: causes before what they lead to. */
const rules: readonly (readonly [string, Rule])[] = [
  ['argo-aborted', argoAborted],
  ['job-failed', jobFailed],
  ['stateful-set-blocked', statefulSetBlocked],
  ['crash-loop', crashLoop],
  ['container-waiting', containerWaiting],
  ['creation-refused', creationRefused],
  ['unschedulable', unschedulable],
  ['claim-pending', claimPending],
  ['analysis-failed', analysisFailed],
  ['pod-failed', podFailed],
  ['not-ready', notReady],
  ['failed-condition', failedCondition],
  ['failed-phase', failedPhase],
  ['deletion-held', deletionHeld],
  ['deadline-exceeded', deadlineExceeded],
  ['paused', paused],
  ['generation-not-observed', generationNotObserved],
  ['counts-not-moving', countsNotMoving],
  ['warning-event', warningEvent],
  ['nothing-wanted', nothingWanted],
];

/**
 * Why a rollout does not go on, or what it waits for: sentences with their evidence, the most
 * telling first, one for all objects that have the same trouble. Empty where all is well.
 */
export function findingsOf(scene: RolloutScene): RolloutFinding[] {
  const index = indexScene(scene);
  return rules
    .flatMap(([name, rule]) =>
      groupTroubles(
        name,
        index.nodes.flatMap((node) => rule(node, index)),
      ),
    )
    .toSorted(bySeverity);
}
