import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';

/** A condition as it ought to be; its transition time is settled against what was there. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/**
 * The conditions of a status with `wanted` set among them. A transition time moves when the
 * status does, and only then.
 */
export function withConditions(
  status: JsonMap,
  wanted: readonly Condition[],
  now: string,
): JsonMap[] {
  const present = listAt(status, 'conditions').filter((item) => isMap(item));
  const result = [...present];
  for (const condition of wanted) {
    const at = result.findIndex((item) => item['type'] === condition.type);
    const before = result[at];
    const lastTransitionTime =
      before !== undefined && before['status'] === condition.status
        ? (stringAt(before, 'lastTransitionTime') ?? now)
        : now;
    const { type, status: value, reason, message } = condition;
    const next: JsonMap = { lastTransitionTime, message, reason, status: value, type };
    if (at < 0) result.push(next);
    else result[at] = next;
  }
  return result;
}

export function conditionOf(object: JsonMap, type: string): JsonMap | undefined {
  return listAt(mapAt(object, 'status'), 'conditions')
    .filter((item) => isMap(item))
    .find((item) => item['type'] === type);
}

export function isConditionTrue(object: JsonMap, type: string): boolean {
  return conditionOf(object, type)?.['status'] === 'True';
}
