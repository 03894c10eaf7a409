import { laneFacts, laneStatus, stringAt, type JsonObject, type Turn } from '@kindscope/kube';
import type { ResourceRef, RolloutNode } from '@kindscope/protocol';
import type { ObjectName } from '../timeline/revision-log.ts';
import type { NodePast } from './node-bars.ts';
import type { TreeNode } from './owned-tree.ts';

/** An object of a rollout, be it there or gone. */
export interface LaneSubject {
  readonly uid: string;
  /** Undefined for the root. */
  readonly parent: string | undefined;
  readonly resource: ResourceRef;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly metadataOnly: boolean;
  /** As it was last seen. */
  read(): JsonObject;
}

/** One object of a rollout over time. */
export interface Lane {
  subject: LaneSubject;
  /** What the tree last had of it; undefined where it was found in the log, deleted. */
  tree: TreeNode | undefined;
  turn: Turn | undefined;
  past: NodePast;
  /** A change of it was logged since it is here: until then the log may be behind the tree. */
  followed: boolean;
  /** When it was seen gone. */
  deleted: number | undefined;
  /** Since when the tree has not had it, and nothing says that it is gone; by the monotonic clock. */
  missing: number | undefined;
}

export function subjectOf({ uid, parent, resource, handle, metadataOnly }: TreeNode): LaneSubject {
  const { group, version, resource: plural, kind } = resource;
  const { namespace, name } = handle;
  return {
    uid,
    parent,
    resource: { group, version, resource: plural },
    kind,
    namespace,
    name,
    metadataOnly,
    read: () => handle.parse(),
  };
}

export function nameOf({ resource, namespace, name }: LaneSubject): ObjectName {
  return { resource, namespace, name };
}

/** The lane as the wire has it. */
export function nodeOf({ subject, turn, past, deleted }: Lane): RolloutNode {
  const { uid, parent, resource, kind, namespace, name, metadataOnly } = subject;
  const object = subject.read();
  const known = metadataOnly ? undefined : describe(object, turn);
  return {
    uid,
    resource,
    kind,
    namespace,
    name,
    ...(parent !== undefined && { parent }),
    created: Date.parse(stringAt(object, 'metadata', 'creationTimestamp') ?? '') || 0,
    ...(deleted !== undefined && { deleted }),
    ...(stringAt(object, 'metadata', 'deletionTimestamp') !== undefined && { deleting: true }),
    health: known?.health ?? { status: 'unknown' },
    ...known?.facts,
    ...(turn !== undefined && { turn }),
    ...(metadataOnly && { metadataOnly }),
    bars: [...past.bars],
  };
}

function describe(object: JsonObject, turn: Turn | undefined) {
  const { status, word } = laneStatus(object, turn);
  return { health: { status, reason: word }, facts: laneFacts(object) };
}
