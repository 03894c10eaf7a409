import type { RolloutNode } from '@kindscope/protocol';
import { nodeState, type NodeState } from './node-state.ts';

const stateRanks: Record<NodeState, number> = {
  failing: 0,
  working: 1,
  unknown: 2,
  fine: 3,
  done: 4,
  gone: 5,
};

/** What a node's place among its siblings depends on, worked out once. */
export interface RowOrder {
  readonly node: RolloutNode;
  readonly turn: number;
  readonly state: number;
}

export function rowOrder(node: RolloutNode): RowOrder {
  const state = nodeState(node);
  return { node, turn: turnRank(node, state), state: stateRanks[state] };
}

/**
 * The order of what hangs under one node: what is rolled out first, what is over last; then as it
 * came to be; of two that came together the broken one first.
 */
export function inRowOrder(a: RowOrder, b: RowOrder): number {
  return (
    a.turn - b.turn ||
    a.node.created - b.node.created ||
    a.state - b.state ||
    compareText(a.node.kind, b.node.kind) ||
    compareText(a.node.name, b.node.name) ||
    compareText(a.node.uid, b.node.uid)
  );
}

function turnRank({ turn }: RolloutNode, state: NodeState): number {
  if (state === 'gone' || (state === 'done' && turn === 'old')) return 2;
  return turn === 'new' ? 0 : 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
