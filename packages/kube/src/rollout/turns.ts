import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { newControllerRevision, newReplicaSet } from './newest.ts';
import { kindOf } from './object-kind.ts';
import { createdAt, greatest, labelOf, nameOf, uidOf } from './object-reading.ts';
import { revisionHashLabel, rolloutHashLabel } from './revision.ts';
import type { Turn } from './scene.ts';

/** An object of a tree of owners. */
export interface OwnedObject {
  readonly uid: string;
  /** The uid of the node that owns it; undefined for the root. */
  readonly parent: string | undefined;
  readonly object: JsonObject;
}

/** The turn of one child; undefined where the owner does not tell its children apart by it. */
type TurnOf = (child: JsonObject) => Turn | undefined;

/**
 * Which objects belong to what is rolled out, and which to what was there before, by uid. Those
 * that belong to neither are left out. What hangs under an object of a turn has the same one; what
 * hangs under an old one stays old, whatever its own controller says.
 */
export function turnsOf(root: JsonObject, nodes: Iterable<OwnedObject>): Map<string, Turn> {
  const children = childrenByParent(nodes);
  const turns = new Map<string, Turn>();
  const seen = new Set([uidOf(root)]);
  const open: { readonly uid: string; readonly object: JsonObject }[] = [
    { uid: uidOf(root), object: root },
  ];
  for (let owner = open.pop(); owner !== undefined; owner = open.pop()) {
    const owned = (children.get(owner.uid) ?? []).filter(({ uid }) => !seen.has(uid));
    const turnOf = rules.get(kindOf(owner.object))?.(
      owner.object,
      owned.map(({ object }) => object),
    );
    const inherited = turns.get(owner.uid);
    for (const child of owned) {
      seen.add(child.uid);
      open.push(child);
      const turn = inherited === 'old' ? inherited : (turnOf?.(child.object) ?? inherited);
      if (turn !== undefined) {
        turns.set(child.uid, turn);
      }
    }
  }
  return turns;
}

function childrenByParent(nodes: Iterable<OwnedObject>): ReadonlyMap<string, OwnedObject[]> {
  const children = new Map<string, OwnedObject[]>();
  for (const node of nodes) {
    if (node.parent !== undefined) {
      const siblings = children.get(node.parent);
      if (siblings === undefined) {
        children.set(node.parent, [node]);
      } else {
        siblings.push(node);
      }
    }
  }
  return children;
}

type Rule = (owner: JsonObject, owned: readonly JsonObject[]) => TurnOf;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['Deployment.apps', ofDeployment],
  ['Rollout.argoproj.io', ofRollout],
  ['StatefulSet.apps', ofStatefulSet],
  ['DaemonSet.apps', ofDaemonSet],
  ['CronJob.batch', ofCronJob],
]);

function ofDeployment(deployment: JsonObject, owned: readonly JsonObject[]): TurnOf {
  const newest = newReplicaSet(deployment, owned);
  return (child) => {
    if (kindOf(child) !== 'ReplicaSet.apps') {
      return undefined;
    }
    return newest !== undefined && uidOf(child) === uidOf(newest) ? 'new' : 'old';
  };
}

/** AnalysisRuns and Experiments carry the hash of the version that they judge. */
function ofRollout(rollout: JsonObject, owned: readonly JsonObject[]): TurnOf {
  const newest = newReplicaSet(rollout, owned);
  const current =
    (newest && labelOf(newest, rolloutHashLabel)) || stringAt(rollout, 'status', 'currentPodHash');
  return (child) => {
    const hash = labelOf(child, rolloutHashLabel);
    return hash === undefined || !current ? undefined : byEquality(hash, current);
  };
}

function ofStatefulSet(statefulSet: JsonObject): TurnOf {
  const update = stringAt(statefulSet, 'status', 'updateRevision');
  return (child) => {
    const revision =
      kindOf(child) === 'ControllerRevision.apps'
        ? nameOf(child)
        : labelOf(child, revisionHashLabel);
    return revision === undefined || !update ? undefined : byEquality(revision, update);
  };
}

function ofDaemonSet(daemonSet: JsonObject, owned: readonly JsonObject[]): TurnOf {
  const newest = newControllerRevision(daemonSet, owned);
  const current = newest && labelOf(newest, revisionHashLabel);
  return (child) => {
    const hash = labelOf(child, revisionHashLabel);
    return hash === undefined || current === undefined ? undefined : byEquality(hash, current);
  };
}

function ofCronJob(_cronJob: JsonObject, owned: readonly JsonObject[]): TurnOf {
  const newest = greatest(owned.filter(isJob).map(createdAt));
  return (child) => (isJob(child) ? (createdAt(child) === newest ? 'new' : 'old') : undefined);
}

function isJob(object: JsonObject): boolean {
  return kindOf(object) === 'Job.batch';
}

function byEquality(value: string, current: string): Turn {
  return value === current ? 'new' : 'old';
}
