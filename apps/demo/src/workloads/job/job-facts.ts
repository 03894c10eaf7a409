import { countAt, isJsonObject, listAt, stringAt, valueAt, type JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import { isActive, isReady, phaseOf } from '../pods.ts';
import { timeOf } from '../time.ts';

/** A Job, its defaults filled in, and what has become of its pods. */
export interface JobFacts {
  readonly object: JsonObject;
  /** Undefined: one that ends well is enough, and then all must end. */
  readonly completions: number | undefined;
  readonly parallelism: number;
  readonly backoffLimit: number;
  readonly deadlineMs: number | undefined;
  /** Undefined: it is kept. */
  readonly ttlMs: number | undefined;
  readonly suspended: boolean;
  readonly startedAt: number | undefined;
  readonly active: readonly JsonObject[];
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  /** When a pod failed last; 0: none has. */
  readonly failedAt: number;
}

export function jobFacts(object: JsonObject, pods: readonly JsonObject[]): JobFacts {
  const asked = (field: string): number | undefined => countAt(object, 'spec', field);
  const seconds = (field: string): number | undefined => {
    const value = asked(field);
    return value === undefined ? undefined : value * 1000;
  };
  const startTime = stringAt(object, 'status', 'startTime');
  const active = pods.filter(isActive);
  const failed = pods.filter((pod) => phaseOf(pod) === 'Failed');
  const parallelism = asked('parallelism');
  return {
    object,
    completions: asked('completions') ?? (parallelism === undefined ? 1 : undefined),
    parallelism: parallelism ?? 1,
    backoffLimit: asked('backoffLimit') ?? 6,
    deadlineMs: seconds('activeDeadlineSeconds'),
    ttlMs: seconds('ttlSecondsAfterFinished'),
    suspended: valueAt(object, 'spec', 'suspend') === true,
    startedAt: startTime === undefined ? undefined : timeOf(startTime),
    active,
    ready: active.filter(isReady).length,
    succeeded: pods.filter((pod) => phaseOf(pod) === 'Succeeded').length,
    failed: failed.length,
    failedAt: Math.max(0, ...failed.map(endedAt)),
  };
}

function endedAt(pod: JsonObject): number {
  const ends = listAt(pod, 'status', 'containerStatuses').map((status) =>
    timeOf(stringAt(status, 'state', 'terminated', 'finishedAt')),
  );
  return Math.max(0, ...ends);
}

/** It has been done, or given up. */
export function isFinished(object: JsonObject): boolean {
  return finishedAt(object) !== undefined;
}

/** Milliseconds since the epoch. */
export function finishedAt(object: JsonObject): number | undefined {
  for (const type of ['Complete', 'Failed']) {
    const condition = conditionsIn(object).find((entry) => entry['type'] === type);
    if (stringAt(condition, 'status') === 'True') {
      return timeOf(stringAt(condition, 'lastTransitionTime'));
    }
  }
  return undefined;
}

export function conditionsIn(object: JsonObject): readonly JsonObject[] {
  return listAt(object, 'status', 'conditions').filter((entry) => isJsonObject(entry));
}

/** The conditions with this one True (or `status`) in them. */
export function withCondition(
  object: JsonObject,
  type: string,
  why: { readonly reason: string; readonly message: string; readonly status?: 'False' },
  now: number,
): readonly JsonObject[] {
  const { reason, message, status = 'True' } = why;
  const conditions = conditionsIn(object);
  const before = conditions.find((entry) => entry['type'] === type);
  if (before?.['status'] === status) return conditions;
  const at = instant(now);
  const condition = { type, status, lastProbeTime: at, lastTransitionTime: at, reason, message };
  return [...conditions.filter((entry) => entry !== before), condition];
}
