import type { HealthBar, RolloutNode } from '@kindscope/protocol';

/** How a node stands, as far as folding and order go. */
export type NodeState =
  /** It was deleted. */
  | 'gone'
  /** It has done what it was for. */
  | 'done'
  /** Nothing is to be said of it. */
  | 'fine'
  /** Only its metadata is known. */
  | 'unknown'
  | 'working'
  | 'failing';

/** Words of what has come to its end, well: of jobs, of their pods, of replaced ReplicaSets. */
const doneWords = /^(scaled down|completed?|succeeded|successful|finished)$/iu;

/** How it is now; undefined of what is gone, or of which nothing is known. */
function openBar({ bars }: RolloutNode): HealthBar | undefined {
  const last = bars.at(-1);
  return last?.to === undefined ? last : undefined;
}

/** The word of how it is now. */
export function nodeWord(node: RolloutNode): string {
  if (node.deleted !== undefined) return 'gone';
  return openBar(node)?.word ?? node.health.reason ?? node.note ?? node.health.status;
}

export function nodeState(node: RolloutNode): NodeState {
  if (node.deleted !== undefined) return 'gone';
  const { status } = node.health;
  if (status !== 'healthy') return status;
  return doneWords.test(nodeWord(node)) ? 'done' : 'fine';
}
