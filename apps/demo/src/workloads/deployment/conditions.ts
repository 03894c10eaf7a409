import {
  countAt,
  isJsonObject,
  listAt,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';

export interface Judgement {
  readonly type: 'Progressing' | 'Available';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** The conditions of a Deployment's status as it writes them: a list that keeps the newest at its end. */
export type Conditions = readonly JsonObject[];

export function conditionsIn(object: JsonObject): Conditions {
  return listAt(object, 'status', 'conditions').filter((entry) => isJsonObject(entry));
}

export function find(conditions: Conditions, type: string): JsonObject | undefined {
  return conditions.find((condition) => condition['type'] === type);
}

export function reasonOf(conditions: Conditions, type: string): string | undefined {
  return stringAt(find(conditions, type), 'reason');
}

/**
 * deployment_util SetDeploymentCondition: nothing is new while status and reason are the same, and the
 * transition is that of the status.
 */
export function withJudgement(
  conditions: Conditions,
  judgement: Judgement,
  now: number,
): Conditions {
  const { type, status, reason } = judgement;
  const before = find(conditions, type);
  if (before?.['status'] === status && before['reason'] === reason) return conditions;
  return moved(conditions, judgement, now);
}

/** The same even where nothing but the time is new: how progress is noted. */
export function moved(conditions: Conditions, judgement: Judgement, now: number): Conditions {
  const { type, status, reason, message } = judgement;
  const before = find(conditions, type);
  const at = instant(now);
  const since: JsonValue | undefined =
    before?.['status'] === status ? before['lastTransitionTime'] : undefined;
  return [
    ...conditions.filter((condition) => condition !== before),
    { type, status, lastUpdateTime: at, lastTransitionTime: since ?? at, reason, message },
  ];
}

/** The object with these conditions in its status. */
export function withConditions(object: JsonObject, conditions: Conditions): JsonObject {
  return { ...object, status: { ...objectAt(object, 'status'), conditions } };
}

export function generationOf(object: JsonObject): number {
  return countAt(object, 'metadata', 'generation') ?? 0;
}
