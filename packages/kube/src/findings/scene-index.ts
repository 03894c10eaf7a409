import { countAt } from '../json-access.ts';
import type { KubernetesEvent, RolloutScene, SceneNode } from '../rollout/scene.ts';
import { containersOf, type ContainerState } from './container-state.ts';
import { isPast } from './past.ts';
import { kindOf } from './wording.ts';

/** A scene with what rules ask of it at hand. */
export interface SceneIndex {
  readonly root: SceneNode;
  readonly nodes: readonly SceneNode[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  nodeOf(uid: string | undefined): SceneNode | undefined;
  childrenOf(node: SceneNode): readonly SceneNode[];
  /** The node, what owns it, and so on up. */
  lineOf(node: SceneNode): readonly SceneNode[];
  /** The Events about a node. */
  eventsOf(node: SceneNode): readonly KubernetesEvent[];
  /** The containers of a pod, those that prepare it first. */
  containersOf(pod: SceneNode): readonly ContainerState[];
  /** What is found once for the whole scene. */
  memo<T>(key: string, find: () => T): T;
  /** Whether it belongs to what was there before, or is over and outlived: nothing waits for it. */
  isOld(node: SceneNode): boolean;
}

/** Indexes a scene once for all rules. */
export function indexScene(scene: RolloutScene): SceneIndex {
  const byUid = new Map(scene.nodes.map((node) => [node.uid, node]));
  const children = groupBy(scene.nodes, (node) => node.parent);
  const events = groupBy(scene.events, (event) => event.about);
  const index: SceneIndex = {
    root: scene.root,
    nodes: scene.nodes,
    now: scene.now,
    containersOf: remember(containersOf),
    memo: createMemo(),
    nodeOf: (uid) => (uid === undefined ? undefined : byUid.get(uid)),
    childrenOf: (node) => children.get(node.uid) ?? [],
    lineOf: (node) => lineOf(node, byUid),
    eventsOf: (node) => events.get(node.uid) ?? [],
    isOld: (node) =>
      node.turn === 'old' || isScaledDown(byUid.get(node.parent ?? '')) || isPast(node, index),
  };
  return index;
}

/** References of owners may go in a circle: nobody looks before they are written. */
function lineOf(node: SceneNode, byUid: ReadonlyMap<string, SceneNode>): SceneNode[] {
  const line = new Set<SceneNode>();
  for (
    let at: SceneNode | undefined = node;
    at !== undefined && !line.has(at);
    at = byUid.get(at.parent ?? '')
  ) {
    line.add(at);
  }
  return [...line];
}

function remember<T>(find: (node: SceneNode) => T): (node: SceneNode) => T {
  const found = new Map<SceneNode, T>();
  return (node) => {
    const known = found.get(node) ?? find(node);
    found.set(node, known);
    return known;
  };
}

function createMemo(): SceneIndex['memo'] {
  const found = new Map<string, unknown>();
  return <T>(key: string, find: () => T) => {
    if (!found.has(key)) {
      found.set(key, find());
    }
    return found.get(key) as T;
  };
}

/** A ReplicaSet that is to have no pods: those that it still has are on their way out. */
function isScaledDown(owner: SceneNode | undefined): boolean {
  return (
    owner !== undefined &&
    kindOf(owner) === 'ReplicaSet.apps' &&
    countAt(owner.object, 'spec', 'replicas') === 0
  );
}

/** The items by a key, in the order in which each was first seen. */
export function groupBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}
