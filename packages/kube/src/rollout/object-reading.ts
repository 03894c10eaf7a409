import { countAt, isJsonNumber, listAt, property, stringAt, valueAt } from '../json-access.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** The whole number under a path that nothing else stands for: not a fraction, not below zero. */
export function wholeAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): number | undefined {
  return whole(countAt(value, ...keys));
}

/** The same, also where it is written as text, as Argo Rollouts does. */
export function generationAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): number | undefined {
  const found = valueAt(value, ...keys);
  if (typeof found === 'string') {
    return /^\d{1,15}$/.test(found) ? Number(found) : undefined;
  }
  return isJsonNumber(found) ? wholeAt(value, ...keys) : undefined;
}

function whole(count: number | undefined): number | undefined {
  return Number.isSafeInteger(count) && Number(count) >= 0 ? count : undefined;
}

/** The instant under a path, milliseconds since the epoch; undefined where there is none. */
export function instantAt(
  value: JsonValue | undefined,
  ...keys: readonly string[]
): number | undefined {
  const instant = Date.parse(stringAt(value, ...keys) ?? '');
  return Number.isNaN(instant) ? undefined : instant;
}

/** When the object was created, milliseconds; 0 where it does not say. */
export function createdAt(object: JsonObject): number {
  return instantAt(object, 'metadata', 'creationTimestamp') ?? 0;
}

export function uidOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'uid') ?? '';
}

export function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}

export function labelOf(object: JsonObject, key: string): string | undefined {
  return stringAt(object, 'metadata', 'labels', key) || undefined;
}

/** The greatest of the numbers; undefined of none. */
export function greatest(numbers: Iterable<number>): number | undefined {
  let found: number | undefined;
  for (const number of numbers) {
    found = found === undefined || number > found ? number : found;
  }
  return found;
}

/** The least of the numbers; undefined of none. */
export function least(numbers: Iterable<number>): number | undefined {
  let found: number | undefined;
  for (const number of numbers) {
    found = found === undefined || number < found ? number : found;
  }
  return found;
}

export function annotationOf(object: JsonObject, key: string): string | undefined {
  return stringAt(object, 'metadata', 'annotations', key) || undefined;
}

/** The owner reference of the object's controller. */
export function controllerReference(object: JsonObject): JsonValue | undefined {
  return listAt(object, 'metadata', 'ownerReferences').find(
    (reference) => property(reference, 'controller') === true,
  );
}

/** Whether its controller has seen the object as it is; also true for one that never says so. */
export function isObserved(object: JsonObject): boolean {
  const observed = generationAt(object, 'status', 'observedGeneration');
  return observed === undefined || observed === generationAt(object, 'metadata', 'generation');
}

/** Whether pods are made anew only when somebody deletes the old ones. */
export function updatesOnDelete(object: JsonObject): boolean {
  return stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
}
