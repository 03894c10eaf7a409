import type { Clock, Log, ObjectHandle } from '@kindscope/informer';
import { objectKey, type KubernetesEvent } from '@kindscope/kube';
import type { Freshness, ResourceRef, RolloutLack } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { mergeFreshness } from '../catalog/freshness.ts';
import type { ResourceBase } from '../catalog/resource-base.ts';
import { resourceId } from '../catalog/resource-index.ts';
import { failure, success, type Result } from '../result.ts';
import { createTreeEvents } from './tree-events.ts';
import { createTreeMembers, mostLevels, type TreeEntry } from './tree-members.ts';
import { createTreeWatches } from './tree-watches.ts';

/** An object and what it owns, over however many others, as the cluster has it now. */
export interface OwnedTree {
  readonly root: TreeNode | undefined;
  /** The root first, then in no order; only what is there. Each the same until it changes. */
  nodes(): Iterable<TreeNode>;
  /** About nodes of the tree, also of those that were deleted since it is looked at. */
  events(): Iterable<KubernetesEvent>;
  /** What may be missing, and why. */
  readonly lacks: readonly RolloutLack[];
  /** Each kind has answered or was refused: what there was to be found has been found. Stays so. */
  readonly settled: boolean;
  readonly freshness: Freshness;
  /** Told at every change, often; returns the cancellation. */
  subscribe(listener: () => void): () => void;
  /** Gives every watch up. */
  close(): void;
}

export interface TreeNode {
  readonly uid: string;
  /** The uid of the owner that it hangs under, which may be gone while this one is still there. */
  readonly parent: string | undefined;
  readonly resource: ResourceBase;
  readonly handle: ObjectHandle;
  /** Nothing but metadata is known of it (yet). */
  readonly metadataOnly: boolean;
}

export interface OwnedTreeDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly log: Log;
  /** Kinds that are watched at a time; 80 unless said. */
  readonly maxWatches?: number;
  /** What it sees is no news for the timeline, unless it is watched for other reasons. */
  readonly quiet?: boolean;
}

export interface TreeObject {
  readonly resource: ResourceRef;
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
}

/** Objects that left the tree and whose Events still belong to it: the newest. */
const maxFormer = 500;

const tooDeep: RolloutLack = {
  fault: {
    code: 'too-deep',
    detail: `It owns over more than ${mostLevels} levels. What is owned below that is missing.`,
    remedy: 'Look at the rollout of an object further down.',
  },
};

/** Starts to watch at once. Faults: those of `Catalog.open`, and `namespace-needed`. */
export function createOwnedTree(deps: OwnedTreeDeps, object: TreeObject): Result<OwnedTree> {
  const { catalog, quiet = false } = deps;
  const { resource, namespace } = object;
  if (namespace === '' && catalog.find(resource)?.namespaced === true) {
    return failure({
      code: 'namespace-needed',
      detail: `Objects of ${resource.resource} are in namespaces: an empty one names none.`,
      remedy: 'Name the namespace of the object.',
    });
  }
  const opened = catalog.open(resource, namespace || undefined, { limited: true, quiet });
  if (!opened.ok) return opened;
  const tree = growTree(deps, object);
  // The tree has its own lease now.
  opened.value.release();
  return success(tree);
}

function growTree(deps: OwnedTreeDeps, object: TreeObject): OwnedTree {
  const { catalog, clock, log, maxWatches = 80, quiet = false } = deps;
  const rootKind = resourceId(object.resource);
  const rootKey = objectKey(object.namespace, object.name);
  const namespace = object.namespace || undefined;
  const listeners = new Set<() => void>();
  const nodes = new Map<string, TreeNode>();
  const former = new Set<string>();
  const foundKinds = new Set<string>();
  const members = createTreeMembers({ onJoin, onLeave });
  let settled = false;

  const events = createTreeEvents({
    catalog,
    namespace,
    onEvent(about) {
      if (members.has(about) || former.has(about)) tell();
    },
    changed: tell,
  });
  const watches = createTreeWatches({
    catalog,
    clock,
    owner: { ...object.resource, namespaced: namespace !== undefined },
    namespace,
    maxWatches,
    quiet,
    sinkOf,
    changed: tell,
    isFound: (kind) => foundKinds.has(kind),
    onRetry: () => events.retry(),
  });

  function sinkOf(kind: string) {
    return {
      put(handle: ObjectHandle, metadataOnly: boolean) {
        if (kind === rootKind && handle.key === rootKey) plant(handle.uid);
        if (members.put({ kind, handle, metadataOnly })) tell();
      },
      remove(uid: string) {
        if (members.remove(kind, uid)) tell();
      },
      keep(uids: ReadonlySet<string>) {
        if (members.keep(kind, uids)) tell();
      },
    };
  }

  /** Created again under its name, it is another object with a tree of its own. */
  function plant(uid: string): void {
    if (uid === members.root) return;
    members.setRoot(uid);
    former.clear();
  }

  function onJoin({ kind, handle, metadataOnly }: TreeEntry): void {
    former.delete(handle.uid);
    foundKinds.add(kind);
    if (metadataOnly) watches.get(kind)?.needWhole();
  }

  function onLeave(uid: string): void {
    nodes.delete(uid);
    former.add(uid);
    if (former.size <= maxFormer) return;
    for (const oldest of former) {
      former.delete(oldest);
      return;
    }
  }

  function tell(): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        log.error({ err: error }, 'a listener of a tree threw');
      }
    }
  }

  function nodeOf(uid: string): TreeNode | undefined {
    const entry = members.get(uid);
    const resource = entry && watches.get(entry.kind)?.resource;
    if (entry === undefined || resource === undefined) return undefined;
    const { handle, metadataOnly } = entry;
    const parent = members.parentOf(uid);
    const known = nodes.get(uid);
    const node = { uid, parent, resource, handle, metadataOnly };
    if (known !== undefined && isSame(known, node)) return known;
    nodes.set(uid, node);
    return node;
  }

  function* present(): Iterable<TreeNode> {
    for (const uid of members.uids()) {
      const node = nodeOf(uid);
      if (node !== undefined) yield node;
    }
  }

  function freshness(): Freshness {
    const ofRoot = watches.root.freshness;
    if (ofRoot.kind !== 'live') return ofRoot;
    if (!isSettled()) return { kind: 'syncing', received: members.size };
    return mergeFreshness([...watches.wanted()].map((watch) => watch.freshness));
  }

  function isSettled(): boolean {
    settled ||= watches.answered && events.answered;
    return settled;
  }

  return {
    get root() {
      return members.root === undefined ? undefined : nodeOf(members.root);
    },
    nodes: present,
    events: () => events.about(new Set([...members.uids(), ...former])),
    get lacks() {
      const { fault } = watches.root;
      const ofRoot = fault === undefined ? [] : [{ resource: object.resource, fault }];
      const ofEvents = watches.isOfRoot(events.freshness) ? [] : events.lacks;
      return [...ofRoot, ...watches.lacks, ...ofEvents, ...(members.tooDeep ? [tooDeep] : [])];
    },
    get settled() {
      return isSettled();
    },
    get freshness() {
      return freshness();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      watches.close();
      events.close();
    },
  };
}

function isSame(a: TreeNode, b: TreeNode): boolean {
  return (
    a.handle === b.handle &&
    a.parent === b.parent &&
    a.metadataOnly === b.metadataOnly &&
    a.resource === b.resource
  );
}
