import { conditionOf, conditionsOf, isMet } from '../conditions.ts';
import { healthOf } from '../health.ts';
import { stringAt, valueAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { RolloutScene, SceneNode } from '../rollout/scene.ts';
import type { RolloutFinding } from './finding.ts';
import { instantOf, kindOf } from './wording.ts';

/** How a rollout stands. `deleted` is for who sees that the object is gone. */
export interface RolloutStanding {
  readonly kind: 'healthy' | 'progressing' | 'paused' | 'stuck' | 'failed' | 'deleted' | 'unknown';
  /** Milliseconds since the epoch, as early as is known. */
  readonly since: number;
  /** `2 of 5 ready` */
  readonly reason?: string;
}

/** How a rollout stands, by its object, by what was found, and by what it owns where it says nothing. */
export function rolloutState(
  scene: RolloutScene,
  findings: readonly RolloutFinding[],
): RolloutStanding {
  const { object } = scene.root;
  const health = healthOf(object);
  const reason = health.reason === undefined ? {} : { reason: health.reason };
  const stuck = findings.filter(({ severity }) => severity === 'stuck');
  if (hasEndedBadly(scene.root)) {
    return { kind: 'failed', since: earliest(stuck) ?? begun(scene), ...reason };
  }
  if (stuck.length > 0) {
    return { kind: 'stuck', since: earliest(stuck) ?? begun(scene), ...reason };
  }
  const paused = findings.find(({ rule }) => rule === 'paused');
  if (paused !== undefined) {
    return { kind: 'paused', since: paused.since ?? begun(scene), ...reason };
  }
  switch (health.status) {
    case 'healthy':
      return { kind: 'healthy', since: settled(object), ...reason };
    case 'unknown':
      return ofOwned(scene);
    default:
      return { kind: 'progressing', since: begun(scene), ...reason };
  }
}

/** Nothing will go on by itself. */
function hasEndedBadly({ object }: SceneNode): boolean {
  const kind = stringAt(object, 'kind');
  switch (kind) {
    case 'Job':
      return isMet(object, 'Failed');
    case 'Pod':
      return stringAt(object, 'status', 'phase') === 'Failed';
    case 'Rollout':
      return valueAt(object, 'status', 'abort') === true;
    case 'AnalysisRun':
      return /^(?:Failed|Error)$/.test(stringAt(object, 'status', 'phase') ?? '');
    default:
      return false;
  }
}

/** An object that says nothing of its state stands as what it owns. */
function ofOwned(scene: RolloutScene): RolloutStanding {
  const owned = scene.nodes.filter((node) => node !== scene.root && node.turn !== 'old');
  const statuses = owned.map(({ object }) => healthOf(object).status);
  const ready = statuses.filter((status) => status === 'healthy').length;
  const known = statuses.filter((status) => status !== 'unknown').length;
  if (known === 0) {
    return { kind: 'unknown', since: createdAt(scene.root.object) };
  }
  return {
    kind: ready === known ? 'healthy' : 'progressing',
    since: begun(scene),
    reason: `${ready} of ${known} owned objects healthy`,
  };
}

/** When an object became what it is: the latest change of a condition, else its creation. */
function settled(object: JsonObject): number {
  const progressing = conditionOf(object, 'Progressing');
  const instants = conditionsOf(object).flatMap(({ lastTransitionTime, type }) =>
    type === progressing?.type ? [] : (instantOf(lastTransitionTime) ?? []),
  );
  return Math.max(createdAt(object), ...instants);
}

/** When the newest of what is rolled out was made: it began no later. */
function begun(scene: RolloutScene): number {
  const first = scene.nodes.filter(
    (node) => node.turn === 'new' && node.parent === scene.root.uid && kindOf(node) !== 'Pod',
  );
  return Math.max(createdAt(scene.root.object), ...first.map(({ object }) => createdAt(object)));
}

function createdAt(object: JsonObject): number {
  return instantOf(stringAt(object, 'metadata', 'creationTimestamp')) ?? 0;
}

function earliest(findings: readonly RolloutFinding[]): number | undefined {
  const instants = findings.flatMap(({ since }) => since ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
