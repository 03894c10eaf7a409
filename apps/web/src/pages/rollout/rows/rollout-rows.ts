import type { RolloutNode } from '@kindscope/protocol';
import { branchOf, type Branch } from './branches.ts';
import { groupAlike, type NodeGroup } from './node-group.ts';

interface RowPlace {
  /** Unique among the rows, and the row's for as long as it is there. */
  readonly key: string;
  /** 1 of the root. */
  readonly level: number;
  /** The key of the row it hangs under. */
  readonly parent: string | undefined;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Undefined where nothing hangs under it. */
  readonly open: boolean | undefined;
}

export interface NodeRow extends RowPlace {
  readonly kind: 'node';
  readonly node: RolloutNode;
  /** How many nodes are folded away under it. */
  readonly hidden: number;
}

/** Siblings that are alike, in one row. */
export interface GroupRow extends RowPlace {
  readonly kind: 'group';
  readonly nodes: readonly RolloutNode[];
  readonly group: NodeGroup;
}

export type RolloutRow = NodeRow | GroupRow;

/** Where there would be more rows than that, branches without trouble fold too. */
const crowd = 60;

/**
 * The rows of the tree from top to bottom: the root, then what is rolled out before what was there,
 * each as it came to be, broken before fine where two came together. Branches that are over fold by
 * themselves, as do many siblings that are alike; `folds` has what somebody opened (true) or folded
 * (false) by hand, by row key, and `shown` a node that is to be seen whatever is folded.
 */
export function rolloutRows(
  nodes: ReadonlyMap<string, RolloutNode>,
  root: string | null,
  folds: ReadonlyMap<string, boolean>,
  shown?: string,
): RolloutRow[] {
  const tree = root === null ? undefined : branchOf(nodes.values(), root);
  if (tree === undefined) return [];
  const way = wayTo(nodes, shown);
  const isShown = ({ uid }: RolloutNode): boolean => uid === shown || way.has(uid);
  const rows = listed(tree, folds, isShown, false);
  return rows.length > crowd ? listed(tree, folds, isShown, true) : rows;
}

/** From top to bottom; a tree may be deeper than a stack, so that nothing here calls itself. */
function listed(
  tree: Branch,
  folds: ReadonlyMap<string, boolean>,
  isShown: (node: RolloutNode) => boolean,
  isCrowded: boolean,
): RolloutRow[] {
  const branchRow = ({ node, children, ...branch }: Branch, place: Place): Listed => {
    const usual = place.level === 1 || !(branch.over || (isCrowded && branch.fine));
    const opened = folds.get(node.uid) ?? usual;
    const open =
      children.length === 0 ? undefined : opened || children.some((child) => isShown(child.node));
    const hidden = open === false ? branch.size : 0;
    return {
      row: { kind: 'node', key: node.uid, ...place, open, node, hidden },
      under: open === true ? groupAlike(node.uid, children) : [],
    };
  };
  const groupRow = (group: NodeGroup, place: Place): Listed => {
    const nodes = group.branches.map(({ node }) => node);
    const open = (folds.get(group.key) ?? false) || nodes.some(isShown);
    return {
      row: { kind: 'group', key: group.key, ...place, open, nodes, group },
      under: open ? group.branches : [],
    };
  };
  const rows: RolloutRow[] = [];
  const ahead: { readonly item: Branch | NodeGroup; readonly place: Place }[] = [
    { item: tree, place: { level: 1, parent: undefined, position: 1, siblings: 1 } },
  ];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { item, place } = next;
    const { row, under } = 'node' in item ? branchRow(item, place) : groupRow(item, place);
    rows.push(row);
    // The last one waits the longest.
    for (const [at, child] of [...under.entries()].toReversed()) {
      const below = { level: row.level + 1, parent: row.key, position: at + 1 };
      ahead.push({ item: child, place: { ...below, siblings: under.length } });
    }
  }
  return rows;
}

type Place = Pick<RowPlace, 'level' | 'parent' | 'position' | 'siblings'>;

interface Listed {
  readonly row: RolloutRow;
  readonly under: readonly (Branch | NodeGroup)[];
}

/** The nodes over another. */
function wayTo(nodes: ReadonlyMap<string, RolloutNode>, uid: string | undefined): Set<string> {
  const way = new Set<string>();
  let at = uid === undefined ? undefined : nodes.get(uid)?.parent;
  while (at !== undefined && !way.has(at)) {
    way.add(at);
    at = nodes.get(at)?.parent;
  }
  return way;
}

/** A row hangs under another, over however many levels; by their keys. */
export function isUnder(
  rows: readonly RolloutRow[],
  key: string | undefined,
  over: string,
): boolean {
  const parents = new Map(rows.map((row) => [row.key, row.parent]));
  let at = key;
  while (at !== undefined) {
    at = parents.get(at);
    if (at === over) return true;
  }
  return false;
}
