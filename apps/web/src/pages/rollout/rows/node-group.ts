import type { Branch } from './branches.ts';
import { kindWords } from './kind-words.ts';
import { nodeState, nodeWord, type NodeState } from './node-state.ts';

/** Siblings that are alike and stand in one row. */
export interface NodeGroup {
  /** Stays while the group does. */
  readonly key: string;
  readonly branches: readonly Branch[];
  readonly state: NodeState;
  /** `1,998 pods ready` */
  readonly text: string;
}

/** More alike than that fold. */
const mostAlike: Record<NodeState, number> = {
  fine: 8,
  done: 3,
  gone: 3,
  unknown: 12,
  working: 12,
  failing: 12,
};
/** Of those that are not well so many stay in sight. */
const shownOfTroubled = 10;

/** The children of a node, in their order, with those that are alike and many put together. */
export function groupAlike(
  parent: string,
  children: readonly Branch[],
): readonly (Branch | NodeGroup)[] {
  const alike = new Map<string, Branch[]>();
  for (const child of children) {
    const key = likeness(child);
    const others = key === undefined ? undefined : alike.get(key);
    if (others !== undefined) others.push(child);
    else if (key !== undefined) alike.set(key, [child]);
  }
  const groupOf = new Map<Branch, NodeGroup>();
  for (const [key, branches] of alike) {
    const state = stateOf(branches[0]);
    if (branches.length <= mostAlike[state]) continue;
    const folded = isTroubled(state) ? branches.slice(shownOfTroubled) : branches;
    const text = groupText(folded, state, folded.length < branches.length);
    const group = { key: `${parent} ${key}`, branches: folded, state, text };
    for (const branch of folded) groupOf.set(branch, group);
  }
  if (groupOf.size === 0) return children;
  // Each stands where the first of its members would.
  return [...new Set(children.map((child) => groupOf.get(child) ?? child))];
}

/** What may stand in a row together says the same; a branch with troubles in it stands alone. */
function likeness({ node, children, fine, over }: Branch): string | undefined {
  const state = nodeState(node);
  const isWhole =
    children.length === 0 || (isTroubled(state) ? false : state === 'fine' ? fine : over);
  if (!isWhole) return undefined;
  return `${node.resource.resource}.${node.resource.group} ${node.turn ?? ''} ${state}`;
}

function isTroubled(state: NodeState): boolean {
  return state === 'failing' || state === 'working' || state === 'unknown';
}

function stateOf(branch: Branch | undefined): NodeState {
  return branch === undefined ? 'unknown' : nodeState(branch.node);
}

const stateWords: Record<NodeState, string> = {
  fine: 'fine',
  done: 'done',
  gone: 'gone',
  unknown: 'unknown',
  working: 'under way',
  failing: 'failing',
};

function groupText(branches: readonly Branch[], state: NodeState, more: boolean): string {
  const [first] = branches;
  if (first === undefined) return '';
  const word = nodeWord(first.node);
  const isOne = branches.every(({ node }) => nodeWord(node) === word);
  const said = isOne && state !== 'unknown' ? inSentence(word) : stateWords[state];
  return `${kindWords(first.node, branches.length, more)} ${said}`;
}

/** `Scaled down` → `scaled down`; `CrashLoopBackOff` stays. */
function inSentence(word: string): string {
  return /^[A-Z][a-z]*( |$)/u.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word;
}
