import type { RolloutScene } from '../rollout/scene.ts';
import type { RolloutFinding, Rule } from './finding.ts';
import { bySeverity, groupTroubles } from './grouping.ts';
import { containerWaiting } from './rules/container-waiting.ts';
import { crashLoop } from './rules/crash-loop.ts';
import { creationRefused } from './rules/creation-refused.ts';
import { failedCondition } from './rules/failed-condition.ts';
import { jobFailed } from './rules/job-failed.ts';
import { unschedulable } from './rules/unschedulable.ts';
import { indexScene } from './scene-index.ts';

/** Every rule by its name, the most telling first: causes before what they lead to. */
const rules: readonly (readonly [string, Rule])[] = [
  ['job-failed', jobFailed],
  ['crash-loop', crashLoop],
  ['container-waiting', containerWaiting],
  ['creation-refused', creationRefused],
  ['unschedulable', unschedulable],
  ['failed-condition', failedCondition],
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
