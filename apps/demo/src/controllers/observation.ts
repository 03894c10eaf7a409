import { countAt, stringAt, type JsonObject } from '@kindscope/kube';

export function generationOf(object: JsonObject): number {
  return countAt(object, 'metadata', 'generation') ?? 0;
}

/** The status speaks of the spec as it is now. */
export function isObserved(object: JsonObject): boolean {
  return countAt(object, 'status', 'observedGeneration') === generationOf(object);
}

export function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}
