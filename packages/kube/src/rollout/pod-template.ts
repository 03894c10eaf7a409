import { isJsonObject, objectAt, valueAt } from '../json-access.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { jsonEquals } from '../lossless-json.ts';
import { deploymentHashLabel, rolloutHashLabel } from './revision.ts';

/**
 * The pod template that a ReplicaSet, a Deployment, or a ControllerRevision holds, without what the
 * controller adds: the hash labels, the patch directive, an empty creation time. Undefined where
 * there is none.
 */
export function podTemplateOf(object: JsonObject): JsonObject | undefined {
  const template =
    valueAt(object, 'spec', 'template') ?? valueAt(object, 'data', 'spec', 'template');
  return isJsonObject(template) ? withoutAdditions(template) : undefined;
}

/** Whether both make the same pods. Rule: deployment_util.go, EqualIgnoreHash. */
export function samePodTemplate(one: JsonObject, other: JsonObject): boolean {
  const [left, right] = [podTemplateOf(one), podTemplateOf(other)];
  return left !== undefined && right !== undefined && jsonEquals(left, right);
}

function withoutAdditions(template: JsonObject): JsonObject {
  const { $patch: _directive, metadata: _metadata, ...rest } = template;
  const {
    labels: _labels,
    creationTimestamp: _empty,
    ...metadata
  } = objectAt(template, 'metadata');
  const labels = without(objectAt(template, 'metadata', 'labels'), [
    deploymentHashLabel,
    rolloutHashLabel,
  ]);
  const kept = { ...metadata, ...(isEmpty(labels) ? {} : { labels }) };
  return { ...(isEmpty(kept) ? {} : { metadata: kept }), ...rest };
}

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([key]: [string, JsonValue | undefined]) => !keys.includes(key)),
  );
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}
