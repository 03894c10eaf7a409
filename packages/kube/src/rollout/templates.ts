import { listAt, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { newControllerRevision, newReplicaSet, newestFirst } from './newest.ts';
import { kindOf } from './object-kind.ts';
import { createdAt, nameOf, uidOf } from './object-reading.ts';
import { podTemplateOf } from './pod-template.ts';
import { revisionOf } from './revision.ts';

/** A pod template that an object rolled out, as its history holds it. */
export interface RevisionTemplate {
  /** Of the ReplicaSet or ControllerRevision that holds it. */
  readonly uid: string;
  readonly name: string;
  /** As the controller counts: `14`. */
  readonly revision?: string;
  /** When that object was created, milliseconds since the epoch. */
  readonly created: number;
  /** Without what the controller adds. */
  readonly template: JsonObject;
  /** It is the one that is rolled out now. */
  readonly current: boolean;
}

/**
 * The pod templates that an object's history holds, newest first: the ReplicaSets of a Deployment
 * or an Argo Rollout, the ControllerRevisions of a StatefulSet or a DaemonSet. A difference of two
 * says only what somebody changed. Empty for any other kind.
 * Rule: kubectl polymorphichelpers/history.go.
 */
export function templatesOf(root: JsonObject, owned: readonly JsonObject[]): RevisionTemplate[] {
  const historyKind = historyKinds.get(kindOf(root));
  const history = owned.filter(
    (object) => kindOf(object) === historyKind && isOwnedBy(object, uidOf(root)),
  );
  const current =
    historyKind === 'ReplicaSet.apps'
      ? newReplicaSet(root, history)
      : newControllerRevision(root, history);
  return history.sort(newestFirst).flatMap((object) => {
    const template = podTemplateOf(object);
    const revision = revisionOf(object);
    return template === undefined
      ? []
      : {
          uid: uidOf(object),
          name: nameOf(object),
          ...(revision === undefined ? {} : { revision }),
          created: createdAt(object),
          template,
          current: object === current,
        };
  });
}

const historyKinds: ReadonlyMap<string, string> = new Map([
  ['Deployment.apps', 'ReplicaSet.apps'],
  ['Rollout.argoproj.io', 'ReplicaSet.apps'],
  ['StatefulSet.apps', 'ControllerRevision.apps'],
  ['DaemonSet.apps', 'ControllerRevision.apps'],
]);

function isOwnedBy(object: JsonObject, uid: string): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some(
    (reference) => stringAt(reference, 'uid') === uid,
  );
}
