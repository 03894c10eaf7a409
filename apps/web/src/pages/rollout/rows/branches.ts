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
  return grown(top, children);
}

/**
 * A chain of owners may be longer than a stack is deep, so that nothing here calls itself. A node
 * has one parent: from the root each is reached once, owners that own each other not at all.
 */
function grown(
  top: RolloutNode,
  children: ReadonlyMap<string, readonly RolloutNode[]>,
): Branch | undefined {
  const order = [top];
  for (const { uid } of order) for (const child of children.get(uid) ?? []) order.push(child);
  // What hangs under a node comes after it.
  const branches = new Map<string, Branch>();
  for (const node of order.toReversed()) {
    const under = (children.get(node.uid) ?? []).map(rowOrder).sort(inRowOrder);
    const held = under.flatMap((child) => branches.get(child.node.uid) ?? []);
    branches.set(node.uid, branchOver(node, held));
  }
  return branches.get(top.uid);
}

function branchOver(node: RolloutNode, children: readonly Branch[]): Branch {
  const state = nodeState(node);
  const isOver = state === 'gone' || state === 'done';
  return {
    node,
    children,
    size: children.reduce((sum, { size }) => sum + size + 1, 0),
    fine: (isOver || state === 'fine') && children.every(({ fine }) => fine),
    over: isOver && children.every(({ over }) => over),
  };
}
