import { conditionOf } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { kindHealth } from './health-rules.ts';
import { countAt, isJsonNumber, listAt, stringAt, valueAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { numberText } from './lossless-json.ts';
import type { Health } from './object-health.ts';

/**
 * How an object is, by the rules of kstatus (sigs.k8s.io/cli-utils `pkg/kstatus/status`): what is
 * being deleted or not yet observed is working; then the rules of its kind; then its conditions
 * and replica counts. Stricter than kstatus in one thing: an object of a kind we do not know that
 * says nothing of its state is unknown, not current.
 */
export function healthOf(object: JsonObject): Health {
  return (
    deletion(object) ??
    generation(object) ??
    exceptional(object) ??
    kindHealth(object) ??
    positive(object) ??
    replicas(object) ??
    remaining(object)
  );
}

function deletion(object: JsonObject): Health | undefined {
  return stringAt(object, 'metadata', 'deletionTimestamp') === undefined
    ? undefined
    : { status: 'working', reason: 'Terminating' };
}

function generation(object: JsonObject): Health | undefined {
  const observed = digits(valueAt(object, 'status', 'observedGeneration'));
  const current = digits(valueAt(object, 'metadata', 'generation'));
  return observed === undefined || current === undefined || observed === current
    ? undefined
    : { status: 'working', reason: 'Generation not observed yet' };
}

/** Some controllers (Argo Rollouts) write the observed generation as text. */
function digits(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') {
    return /^\d+$/.test(value) ? value : undefined;
  }
  return isJsonNumber(value) ? numberText(value) : undefined;
}

/** Conditions that say something only when they have that status, worst first. */
const exceptionalConditions: readonly (readonly [string, string, Health['status']])[] = [
  ['Stalled', 'True', 'failing'],
  ['Degraded', 'True', 'failing'],
  ['Reconciling', 'True', 'working'],
];

function exceptional(object: JsonObject): Health | undefined {
  for (const [type, status, health] of exceptionalConditions) {
    const condition = conditionOf(object, type);
    if (condition?.status === status) {
      return { status: health, reason: reasonOf(condition, type) };
    }
  }
  return undefined;
}

/** Conditions that are True when all is well, in the order in which they are believed. */
function positive(object: JsonObject): Health | undefined {
  const outcome = conditionOf(object, 'Succeeded');
  if (outcome?.status === 'False') {
    return { status: 'failing', reason: reasonOf(outcome, 'Not succeeded') };
  }
  const present = ['Ready', 'Available', 'Healthy', 'Succeeded'].flatMap((type) => {
    const condition = conditionOf(object, type);
    return condition === undefined ? [] : [{ type, condition }];
  });
  const unmet = present.find(({ condition }) => condition.status !== 'True');
  const progress = progressing(object);
  if (progress?.status === 'failing') {
    return progress;
  }
  if (unmet !== undefined) {
    return { status: 'working', reason: reasonOf(unmet.condition, `Not ${unmet.type}`) };
  }
  const [first] = present;
  return progress ?? (first === undefined ? undefined : { status: 'healthy', reason: first.type });
}

/** `Progressing` stays True after a rollout; its reason then says that the rollout is through. */
function progressing(object: JsonObject): Health | undefined {
  const condition = conditionOf(object, 'Progressing');
  const reason = reasonOf(condition, 'Progressing');
  if (reason === 'ProgressDeadlineExceeded') {
    return { status: 'failing', reason };
  }
  return condition?.status === 'True' && reason !== 'NewReplicaSetAvailable'
    ? { status: 'working', reason }
    : undefined;
}

/** Counts of replicas, the one that says most first. */
const replicaCounts = [
  ['readyReplicas', 'ready'],
  ['availableReplicas', 'available'],
  ['updatedReplicas', 'updated'],
  ['replicas', 'created'],
] as const;

function replicas(object: JsonObject): Health | undefined {
  const wanted = countAt(object, 'spec', 'replicas');
  const counts = replicaCounts.flatMap(([field, what]) => {
    const actual = countAt(object, 'status', field);
    return actual === undefined ? [] : [{ actual, what }];
  });
  const told = counts.find(({ actual }) => wanted !== undefined && actual < wanted) ?? counts[0];
  if (wanted === undefined || told === undefined) {
    return undefined;
  }
  const status = told.actual < wanted ? 'working' : 'healthy';
  return { status, reason: `${told.actual} of ${wanted} ${told.what}` };
}

/** Nothing speaks against it: healthy where it says anything of its state at all. */
function remaining(object: JsonObject): Health {
  const observed = digits(valueAt(object, 'status', 'observedGeneration')) !== undefined;
  return observed || listAt(object, 'status', 'conditions').length > 0
    ? { status: 'healthy' }
    : { status: 'unknown' };
}

function reasonOf(condition: Condition | undefined, otherwise: string): string {
  return condition?.reason ?? otherwise;
}
