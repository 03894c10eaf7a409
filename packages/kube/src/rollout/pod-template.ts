import { isJsonObject, objectAt, valueAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { jsonEquals } from '../lossless-json.ts';
import { withoutArgoAdditions } from './argo-template.ts';
import { labelOf } from './object-reading.ts';
import { deploymentHashLabel, rolloutHashLabel } from './revision.ts';

/**
 * The pod template that a workload, a ReplicaSet or a ControllerRevision holds, without what its
 * controller adds: hash labels, the patch directive, an empty creation time, Argo's own metadata.
 * Undefined where there is none.
 */
export function podTemplateOf(object: JsonObject): JsonObject | undefined {
  const template =
    valueAt(object, 'spec', 'template') ?? valueAt(object, 'data', 'spec', 'template');
  if (!isJsonObject(template)) {
    return undefined;
  }
  const argo = labelOf(object, rolloutHashLabel) !== undefined;
  return withoutAdditions(argo ? withoutArgoAdditions(object, template) : template);
}

/** Whether both make the same pods. Rule: deployment_util.go, EqualIgnoreHash. */
export function samePodTemplate(one: JsonObject, other: JsonObject): boolean {
  const [left, right] = [podTemplateOf(one), podTemplateOf(other)];
  return left !== undefined && right !== undefined && jsonEquals(left, right);
}

const hashLabels: readonly string[] = [deploymentHashLabel, rolloutHashLabel];

function withoutAdditions(template: JsonObject): JsonObject {
  const labels = Object.entries(objectAt(template, 'metadata', 'labels')).filter(
    ([key]) => !hashLabels.includes(key),
  );
  const metadata = Object.entries(objectAt(template, 'metadata')).flatMap(([key, value]) => {
    if (key === 'labels') {
      return labels.length === 0 ? [] : [[key, Object.fromEntries(labels)]];
    }
    return value === null || value === undefined ? [] : [[key, value]];
  });
  const { $patch: _directive, metadata: _replaced, ...rest } = template;
  return { ...(metadata.length === 0 ? {} : { metadata: Object.fromEntries(metadata) }), ...rest };
}
