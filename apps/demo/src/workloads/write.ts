import { objectAt, stringAt, type JsonObject, type JsonValue } from '@kindscope/kube';
import type { Announcement, Update } from './deed.ts';
import { kinds, type Resource } from './kinds.ts';

/** Its status, as it is to be. */
export function statusUpdate(resource: Resource, object: JsonObject, status: JsonObject): Update {
  return { kind: 'update', resource, object: { ...object, status }, subresource: 'status' };
}

export function normal(about: JsonObject, reason: string, message: string): Announcement {
  return { kind: 'announce', about, type: 'Normal', reason, message };
}

export function warning(about: JsonObject, reason: string, message: string): Announcement {
  return { kind: 'announce', about, type: 'Warning', reason, message };
}

/** metav1.NewControllerRef. */
export function controllerReference(resource: Resource, owner: JsonObject): JsonObject {
  const { apiVersion, kind } = kinds[resource];
  return {
    apiVersion,
    kind,
    name: stringAt(owner, 'metadata', 'name'),
    uid: stringAt(owner, 'metadata', 'uid'),
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The object with these annotations beside its own. */
export function withAnnotations(
  object: JsonObject,
  annotations: Readonly<Record<string, JsonValue>>,
): JsonObject {
  const metadata = objectAt(object, 'metadata');
  const merged = { ...objectAt(metadata, 'annotations'), ...annotations };
  return { ...object, metadata: { ...metadata, annotations: merged } };
}

/** Fields that are 0 are left out, as Go's `omitempty` does. */
export function withoutZeros(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== 0),
  );
}

export function isDeleted(object: JsonObject): boolean {
  return stringAt(object, 'metadata', 'deletionTimestamp') !== undefined;
}

export function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}

export function keyOf(object: JsonObject): string {
  return `${stringAt(object, 'metadata', 'namespace') ?? ''}/${nameOf(object)}`;
}

export function uidOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'uid') ?? '';
}

const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** What the API server would add to a `generateName` (apimachinery pkg/util/rand). */
export function nameSuffix(random: () => number): string {
  return Array.from({ length: 5 }, () => nameAlphabet[Math.floor(random() * 27)]).join('');
}
