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

/**
 * The order of what hangs under one node: what is rolled out first, what is over last; then as it
 * came to be; of two that came together the broken one first.
 */
export function inRowOrder(a: RolloutNode, b: RolloutNode): number {
  return (
    turnRank(a) - turnRank(b) ||
    a.created - b.created ||
    stateRanks[nodeState(a)] - stateRanks[nodeState(b)] ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.uid, b.uid)
  );
}

function turnRank(node: RolloutNode): number {
  const state = nodeState(node);
  if (state === 'gone' || (state === 'done' && node.turn === 'old')) return 2;
  return node.turn === 'new' ? 0 : 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
