import type { RolloutNode } from '@kindscope/protocol';
import { nodeState } from './node-state.ts';
import { inRowOrder, rowOrder } from './row-order.ts';

/** A node with all that hangs under it. */
export interface Branch {
  readonly node: RolloutNode;
  /** In the order of rows. */
  readonly children: readonly Branch[];
  /** How many nodes hang under it. */
  readonly size: number;
  /** Nothing in it is failing, working or unknown. */
  readonly fine: boolean;
  /** All of it has come to its end: deleted, scaled down, completed. */
  readonly over: boolean;
}

/** The tree of the nodes; what hangs under a node that is not there hangs under the root. */
export function branchOf(nodes: Iterable<RolloutNode>, root: string): Branch | undefined {
  const byUid = new Map([...nodes].map((node) => [node.uid, node]));
  const top = byUid.get(root);
  if (top === undefined) return undefined;
  const children = new Map<string, RolloutNode[]>();
  for (const node of byUid.values()) {
    if (node.uid === root) continue;
    const parent = node.parent !== undefined && byUid.has(node.parent) ? node.parent : root;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  return grow(top, children, new Set());
}

/** `seen` keeps owners that own each other from growing without end. */
function grow(
  node: RolloutNode,
  children: ReadonlyMap<string, RolloutNode[]>,
  seen: Set<string>,
): Branch {
  seen.add(node.uid);
  const under = (children.get(node.uid) ?? [])
    .filter(({ uid }) => !seen.has(uid))
    .map(rowOrder)
    .sort(inRowOrder)
    .map((child) => grow(child.node, children, seen));
  const state = nodeState(node);
  const isOver = state === 'gone' || state === 'done';
  return {
    node,
    children: under,
    size: under.reduce((sum, { size }) => sum + size + 1, 0),
    fine: (isOver || state === 'fine') && under.every(({ fine }) => fine),
    over: isOver && under.every(({ over }) => over),
  };
}
