import { isJsonObject, property, stringAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** The annotation in which `kubectl apply` repeats the whole object, a Secret's values included. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A Secret without its values: each value of `data` and `stringData`, and the annotation that
 * repeats them, is replaced by its fingerprint, so that a changed value still differs. Any other
 * object is returned as it is. Metadata-only objects are treated too: their annotation has the
 * values. `fingerprint` must not be reversible; it is given strings, and JSON where the server
 * let something else through.
 */
export function redactSecret(
  object: JsonObject,
  fingerprint: (value: string) => string,
): JsonObject {
  if (!isSecret(object)) {
    return object;
  }
  const redact = (value: JsonValue) =>
    fingerprint(typeof value === 'string' ? value : JSON.stringify(value));
  const result: Record<string, JsonValue | undefined> = { ...object };
  for (const field of ['data', 'stringData']) {
    const values = result[field];
    if (values !== undefined && values !== null) {
      result[field] = isJsonObject(values) ? redactValues(values, redact) : redact(values);
    }
  }
  if (isJsonObject(result['metadata'])) {
    result['metadata'] = redactMetadata(result['metadata'], redact);
  }
  return result;
}

/**
 * Whether the object is a core Secret. Items of a typed list say no kind: there a Secret is known
 * by its `type`, which the server always sets and no other object with `data` has. Metadata alone
 * says PartialObjectMetadata: there the annotation names the kind.
 */
function isSecret(object: JsonObject): boolean {
  const kind = stringAt(object, 'kind');
  if (kind === undefined) {
    return stringAt(object, 'type') !== undefined && !Object.hasOwn(object, 'spec');
  }
  if (kind === 'PartialObjectMetadata') {
    const applied = stringAt(object, 'metadata', 'annotations', lastAppliedAnnotation);
    return applied !== undefined && /"kind"\s*:\s*"Secret"/.test(applied);
  }
  return kind === 'Secret' && stringAt(object, 'apiVersion') === 'v1';
}

function redactMetadata(metadata: JsonObject, redact: (value: JsonValue) => string): JsonObject {
  const annotations = property(metadata, 'annotations');
  const applied = property(annotations, lastAppliedAnnotation);
  if (!isJsonObject(annotations) || applied === undefined) {
    return metadata;
  }
  return {
    ...metadata,
    annotations: { ...annotations, [lastAppliedAnnotation]: redact(applied) },
  };
}

function redactValues(values: JsonObject, redact: (value: JsonValue) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      value === undefined ? undefined : redact(value),
    ]),
  );
}
