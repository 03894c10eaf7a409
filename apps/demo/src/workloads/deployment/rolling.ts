import { byAge, sum, type DeploymentFacts, type SetFacts } from './facts.ts';
import { scaleTo, type Scaled } from './scaling.ts';

/**
 * One step of a rolling update (deployment controller rolling.go): first room for the new ones is used, and
 * only where there is none, old ones go.
 *
 * @param newest the set with the Deployment's template.
 */
export function rollOn(
  deployment: DeploymentFacts,
  newest: SetFacts,
  old: readonly SetFacts[],
): Scaled {
  const size = sizeOfNewest(deployment, newest.replicas, sum(old, 'replicas'));
  if (size !== newest.replicas) {
    return scaleTo(deployment, [...old, newest], new Map([[newest.name, size]]));
  }
  return scaleTo(deployment, [...old, newest], sizesOfOld(deployment, newest, old));
}

/** deployment_util NewRSNewReplicas: as many as there is room for beside the old ones. */
export function sizeOfNewest(deployment: DeploymentFacts, newest: number, old: number): number {
  const { replicas, maxSurge, rolling } = deployment;
  if (!rolling || newest > replicas) return replicas;
  const room = replicas + maxSurge - newest - old;
  return newest + Math.max(0, Math.min(room, replicas - newest));
}

/** Old ones that do not work go first, then as many as availability allows; the oldest set first. */
function sizesOfOld(
  deployment: DeploymentFacts,
  newest: SetFacts,
  old: readonly SetFacts[],
): ReadonlyMap<string, number> {
  const { replicas, maxUnavailable } = deployment;
  const sizes = new Map(old.map((set) => [set.name, set.replicas]));
  const least = replicas - maxUnavailable;
  const newMissing = newest.replicas - newest.available;
  let spare = sum(old, 'replicas') + newest.replicas - least - newMissing;
  if (spare <= 0) return sizes;
  const oldestFirst = old.toSorted(byAge);
  for (const set of oldestFirst) {
    const broken = Math.max(0, Math.min(spare, set.replicas - set.available));
    sizes.set(set.name, set.replicas - broken);
    spare -= broken;
  }
  let dispensable = sum([...old, newest], 'available') - least;
  for (const set of oldestFirst) {
    const size = sizes.get(set.name) ?? 0;
    const fewer = Math.max(0, Math.min(dispensable, size));
    sizes.set(set.name, size - fewer);
    dispensable -= fewer;
  }
  return sizes;
}
