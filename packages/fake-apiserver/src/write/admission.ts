import { mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { forbidden } from '../status.ts';

/**
 * Completes or refuses one kind of object before it is stored. `before` is undefined on create.
 * Throws an `ApiError`.
 */
export type AdmissionRule = (object: JsonMap, before: JsonMap | undefined) => JsonMap;

/** Every object passes here on its way into the store. */
export interface Admission {
  admit(served: ServedType, object: JsonMap, before: JsonMap | undefined): JsonMap;
}

/** `rules` by `group/resource`. */
export function createAdmission(rules: ReadonlyMap<string, AdmissionRule>): Admission {
  return {
    admit(served, object, before) {
      if (before === undefined && served.type.terminating === true) throw refused(served, object);
      const rule = rules.get(`${served.type.group}/${served.type.resource}`);
      return rule === undefined ? object : rule(object, before);
    },
  };
}

function refused({ type }: ServedType, object: JsonMap): Error {
  const name = stringAt(mapAt(object, 'metadata'), 'name') ?? '';
  const why = 'create not allowed while custom resource definition is terminating';
  return forbidden({ group: type.group, resource: type.resource, name }, why);
}
