import { listAt, stringAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** An entry of `status.conditions`. */
export interface Condition {
  readonly type: string;
  /** `True`, `False`, `Unknown`; some controllers write others. */
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  /** RFC 3339 */
  readonly lastTransitionTime?: string;
}

/** A condition whose status is another than before, or that came or went. */
export interface ConditionChange {
  readonly type: string;
  /** Absent for a condition that was not there before. */
  readonly from?: string;
  /** Absent for a condition that is no longer there. */
  readonly to?: string;
  readonly reason?: string;
  readonly message?: string;
  /** How long it had been `from`, milliseconds: from one lastTransitionTime to the next. */
  readonly heldMs?: number;
}

/** The object's conditions in the order in which it lists them; entries without a type are left out. */
export function conditionsOf(object: JsonObject): readonly Condition[] {
  return listAt(object, 'status', 'conditions').flatMap((entry) => {
    const type = stringAt(entry, 'type');
    return type === undefined ? [] : [readCondition(type, entry)];
  });
}

/** The object's condition of a type. */
export function conditionOf(object: JsonObject, type: string): Condition | undefined {
  const entry = listAt(object, 'status', 'conditions').find(
    (condition) => stringAt(condition, 'type') === type,
  );
  return entry === undefined ? undefined : readCondition(type, entry);
}

/** Whether the object has a condition of that type with status True. */
export function isMet(object: JsonObject, type: string): boolean {
  return conditionOf(object, type)?.status === 'True';
}

function readCondition(type: string, entry: JsonValue): Condition {
  const reason = stringAt(entry, 'reason');
  const message = stringAt(entry, 'message');
  const lastTransitionTime = stringAt(entry, 'lastTransitionTime');
  return {
    type,
    status: stringAt(entry, 'status') ?? '',
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
    ...(lastTransitionTime ? { lastTransitionTime } : {}),
  };
}

/** The conditions whose status differs, in the order of the later object, those that went last. */
export function conditionChanges(before: JsonObject, after: JsonObject): ConditionChange[] {
  const earlier = byType(before);
  const later = byType(after);
  const changes: ConditionChange[] = [];
  for (const condition of later.values()) {
    const previous = earlier.get(condition.type);
    if (previous?.status !== condition.status) {
      changes.push(transition(previous, condition));
    }
  }
  for (const previous of earlier.values()) {
    if (!later.has(previous.type)) {
      changes.push({ type: previous.type, from: previous.status });
    }
  }
  return changes;
}

function byType(object: JsonObject): ReadonlyMap<string, Condition> {
  return new Map(conditionsOf(object).map((condition) => [condition.type, condition]));
}

function transition(previous: Condition | undefined, condition: Condition): ConditionChange {
  const { type, status, reason, message } = condition;
  const heldMs =
    Date.parse(condition.lastTransitionTime ?? '') - Date.parse(previous?.lastTransitionTime ?? '');
  return {
    type,
    ...(previous === undefined ? {} : { from: previous.status }),
    to: status,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(heldMs >= 0 ? { heldMs } : {}),
  };
}
