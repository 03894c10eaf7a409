import {
  isJsonArray,
  isJsonObject,
  jsonEquals,
  objectAt,
  stringifyJson,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';

/** The label that tells a Deployment's ReplicaSets apart. */
export const hashLabel = 'pod-template-hash';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A short name of the template: the same for the same content. Kubernetes hashes its Go structs, which
 * nobody else has, so its own names cannot be met; only the form is the same (pkg/controller ComputeHash).
 */
export function templateHash(template: JsonObject, collisions: number): string {
  const text = `${stringifyJson(sorted(withoutHash(template)))} ${collisions}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return Array.from(String(hash >>> 0), (digit) => alphabet[digit.charCodeAt(0) % 27]).join('');
}

/** The same but for the label that names it. */
export function isSameTemplate(a: JsonObject, b: JsonObject): boolean {
  return jsonEquals(withoutHash(a), withoutHash(b));
}

export function withHash(template: JsonObject, hash: string): JsonObject {
  const metadata = objectAt(template, 'metadata');
  const labels = { ...objectAt(metadata, 'labels'), [hashLabel]: hash };
  return { ...template, metadata: { ...metadata, labels } };
}

function withoutHash(template: JsonObject): JsonObject {
  const { creationTimestamp: _, ...metadata } = objectAt(template, 'metadata');
  const { [hashLabel]: _hash, ...labels } = objectAt(metadata, 'labels');
  return { ...template, metadata: { ...metadata, labels } };
}

function sorted(value: JsonValue | undefined): JsonValue {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value ?? null;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
