import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { kindOf } from './object-kind.ts';
import {
  annotationOf,
  controllerReference,
  generationAt,
  labelOf,
  nameOf,
} from './object-reading.ts';

/** The label that a Deployment puts on the ReplicaSets and pods of one template. */
export const deploymentHashLabel = 'pod-template-hash';
/** The label that an Argo Rollout puts on what it makes for one template. */
export const rolloutHashLabel = 'rollouts-pod-template-hash';
/** The label of pods and ControllerRevisions of StatefulSets and DaemonSets. */
export const revisionHashLabel = 'controller-revision-hash';

/** The revision of an object as its controller counts; undefined where it has none. */
export function revisionOf(object: JsonObject): string | undefined {
  if (kindOf(object) === 'ControllerRevision.apps') {
    return generationAt(object, 'revision')?.toString();
  }
  return short(
    annotationOf(object, 'deployment.kubernetes.io/revision') ??
      annotationOf(object, 'rollout.argoproj.io/revision'),
  );
}

/** The hash of the pod template that an object was made of, or that it rolls out. */
export function templateHashOf(object: JsonObject): string | undefined {
  switch (kindOf(object)) {
    case 'ControllerRevision.apps':
      return short(
        labelOf(object, revisionHashLabel) ?? withoutOwner(nameOf(object), owner(object)),
      );
    case 'StatefulSet.apps':
      return short(withoutOwner(stringAt(object, 'status', 'updateRevision'), nameOf(object)));
    case 'Rollout.argoproj.io':
      return short(stringAt(object, 'status', 'currentPodHash'));
    default:
      return short(
        labelOf(object, rolloutHashLabel) ??
          labelOf(object, deploymentHashLabel) ??
          withoutOwner(labelOf(object, revisionHashLabel), owner(object)),
      );
  }
}

/** A StatefulSet's revisions are called `web-85fd6`, and so is the label's value: `85fd6` is the hash. */
function withoutOwner(revision: string | undefined, owner: string): string | undefined {
  const named = owner !== '' && revision?.startsWith(`${owner}-`);
  return named ? revision?.slice(owner.length + 1) : revision;
}

function owner(object: JsonObject): string {
  return stringAt(controllerReference(object), 'name') ?? '';
}

/** Nothing is shown for text that no controller would have written. */
function short(text: string | undefined): string | undefined {
  return text && text.length <= 63 ? text : undefined;
}
