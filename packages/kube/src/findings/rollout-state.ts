import { conditionsOf } from '../conditions.ts';
import { stringAt, valueAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import { kindOf } from '../rollout/object-kind.ts';
import { createdAt, greatest, least } from '../rollout/object-reading.ts';
import { rolloutProgress } from '../rollout/progress.ts';
import type { RolloutScene } from '../rollout/scene.ts';
import { inWords } from '../rollout/words.ts';
import type { RolloutFinding } from './finding.ts';
import { ownHealth } from './own-word.ts';
import { hasEndedBadly } from './past.ts';
import { isLeaving } from './pod-phase.ts';
import { indexScene } from './scene-index.ts';
import { instantOf } from './wording.ts';

/** How a rollout stands. */
export interface RolloutStanding {
  /** `deleted` is for who sees that the object is gone. */
  readonly kind: 'healthy' | 'progressing' | 'paused' | 'stuck' | 'failed' | 'deleted' | 'unknown';
  /** Milliseconds since the epoch, as early as is known. */
  readonly since: number;
  /** `2 of 5 ready`, `step 2 of 6 (setWeight 60)` */
  readonly reason?: string;
}

/** How a rollout stands: by its object, by what was found, and by what it owns where it says nothing. */
export function rolloutState(
  scene: RolloutScene,
  findings: readonly RolloutFinding[],
): RolloutStanding {
  const progress = rolloutProgress(scene.root.object, scene.nodes);
  const health = standing(scene);
  const stuck = findings.filter(({ severity }) => severity === 'stuck');
  const pause = findings.find(
    ({ rule, severity, uid }) =>
      rule === 'paused' &&
      severity === 'waiting' &&
      (uid === scene.root.uid || health.status !== 'healthy'),
  );
  const begun = progress.started ?? createdAt(scene.root.object);
  const reason = reasonOf(health, progress);
  const of = (kind: RolloutStanding['kind'], since: number | undefined) => ({
    kind,
    since: since ?? begun,
    ...(reason === undefined ? {} : { reason }),
  });
  if (isOver(scene.root.object)) {
    return of('failed', earliest(stuck));
  }
  if (stuck.length > 0) {
    return of('stuck', earliest(stuck));
  }
  if (pause !== undefined) {
    return of('paused', pause.since);
  }
  switch (health.status) {
    case 'healthy':
      return of('healthy', progress.ended ?? settled(scene));
    case 'unknown':
      return of('unknown', undefined);
    default:
      return of('progressing', undefined);
  }
}

/** Nothing will go on by itself. */
function isOver(object: JsonObject): boolean {
  switch (kindOf(object)) {
    case 'Pod':
      return stringAt(object, 'status', 'phase') === 'Failed';
    case 'Rollout.argoproj.io':
      return valueAt(object, 'status', 'abort') === true;
    default:
      return hasEndedBadly(object);
  }
}

/** The health of the root; where that says nothing of itself, that of what it owns. */
function standing(scene: RolloutScene): Health {
  const health = ownHealth(scene.root.object);
  const silent = health.status === 'unknown' || health.reason === undefined;
  return silent && health.status !== 'failing' ? (ofOwned(scene) ?? health) : health;
}

function ofOwned(scene: RolloutScene): Health | undefined {
  const index = indexScene(scene);
  const statuses = scene.nodes.flatMap((node) =>
    node.uid === scene.root.uid || node.metadataOnly || index.isOld(node) || isLeaving(node)
      ? []
      : [ownHealth(node.object).status],
  );
  const known = statuses.filter((status) => status !== 'unknown').length;
  const healthy = statuses.filter((status) => status === 'healthy').length;
  return known === 0
    ? undefined
    : {
        status: healthy === known ? 'healthy' : 'working',
        reason: `${healthy} of ${known} owned healthy`,
      };
}

function reasonOf(
  health: Health,
  { ready, step, updated }: ReturnType<typeof rolloutProgress>,
): string | undefined {
  if (step !== undefined && step.is < step.of) {
    return `step ${step.is + 1} of ${step.of} (${step.text})`;
  }
  if (health.reason !== undefined && /\d/.test(health.reason)) {
    return health.reason;
  }
  if (updated !== undefined && updated.is < updated.of) {
    return `${updated.is} of ${updated.of} updated`;
  }
  if (ready !== undefined && (health.status === 'healthy' || ready.is < ready.of)) {
    return `${ready.is} of ${ready.of} ready`;
  }
  return health.reason === undefined ? undefined : inWords(health.reason);
}

/** When an object became what it is: its latest change of a condition, else its pods' becoming ready. */
function settled(scene: RolloutScene): number {
  const { object } = scene.root;
  const own = transitions(object);
  const of = own.length > 0 ? own : scene.nodes.flatMap((node) => transitions(node.object));
  return greatest([createdAt(object), ...of]) ?? 0;
}

function transitions(object: JsonObject): number[] {
  return conditionsOf(object).flatMap(
    ({ lastTransitionTime }) => instantOf(lastTransitionTime) ?? [],
  );
}

function earliest(findings: readonly RolloutFinding[]): number | undefined {
  const instants = findings.flatMap(({ since }) => since ?? []);
  return least(instants);
}
