import { isJsonObject, listAt, objectAt, property, stringAt, valueAt } from '../json-access.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { jsonEquals, parseJson } from '../lossless-json.ts';
import { annotationOf } from './object-reading.ts';
import { rolloutHashLabel } from './revision.ts';

/**
 * The pod template of an Argo Rollout's ReplicaSet without what Argo puts into it: the metadata of
 * canary or stable pods, and the rule that keeps versions apart on nodes.
 * Rule: argo-rollouts `utils/replicaset/canary.go`, SyncReplicaSetEphemeralPodMetadata, and
 * RemoveInjectedAntiAffinityRule.
 */
export function withoutArgoAdditions(replicaSet: JsonObject, template: JsonObject): JsonObject {
  return withoutAntiAffinity(withoutEphemeral(template, ephemeralMetadata(replicaSet)));
}

function ephemeralMetadata(replicaSet: JsonObject): JsonValue {
  const text = annotationOf(replicaSet, 'rollout.argoproj.io/ephemeral-metadata');
  try {
    return text === undefined ? null : parseJson(text);
  } catch {
    return null; // Somebody else wrote it: then nothing is known to have been put in.
  }
}

function withoutEphemeral(template: JsonObject, added: JsonValue): JsonObject {
  if (!isJsonObject(added)) {
    return template;
  }
  const metadata = { ...objectAt(template, 'metadata') };
  for (const field of ['labels', 'annotations']) {
    const put = objectAt(added, field);
    const kept = Object.entries(objectAt(metadata, field)).filter(
      ([key, value]) => property(put, key) !== value,
    );
    metadata[field] = kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return { ...template, metadata };
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

function withoutAntiAffinity(template: JsonObject): JsonObject {
  const rules = objectAt(template, 'spec', 'affinity', 'podAntiAffinity');
  const kept = compact({
    ...rules,
    [required]: listAt(rules, required).filter((term) => !isInjected(term)),
    [preferred]: listAt(rules, preferred).filter((term) => {
      return !isInjected(valueAt(term, 'podAffinityTerm'));
    }),
  });
  if (jsonEquals(compact(rules), kept)) {
    return template;
  }
  const affinity = compact({
    ...objectAt(template, 'spec', 'affinity'),
    podAntiAffinity: kept,
  });
  return { ...template, spec: compact({ ...objectAt(template, 'spec'), affinity }) };
}

function isInjected(term: JsonValue | undefined): boolean {
  return listAt(term, 'labelSelector', 'matchExpressions').some(
    (expression) => stringAt(expression, 'key') === rolloutHashLabel,
  );
}

/** Without fields that hold nothing. */
function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && !jsonEquals(value, []) && !jsonEquals(value, {}),
    ),
  );
}
