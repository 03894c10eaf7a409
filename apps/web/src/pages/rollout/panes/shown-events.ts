import type { RolloutEvent, RolloutNode } from '@kindscope/protocol';

/** A node and all that hangs under it, over however many levels. */
export function branchOf(nodes: ReadonlyMap<string, RolloutNode>, root: string): Set<string> {
  const children = Map.groupBy(nodes.values(), (node) => node.parent);
  const branch = new Set<string>();
  const next = [root];
  for (;;) {
    const uid = next.pop();
    if (uid === undefined) return branch;
    // A tree that is no tree for a moment must not hang the page.
    if (branch.has(uid)) continue;
    branch.add(uid);
    for (const child of children.get(uid) ?? []) next.push(child.uid);
  }
}

/** The Events that are shown, in their order: of a branch, and of a type. */
export function shownEvents(
  events: readonly RolloutEvent[],
  by: { readonly branch: ReadonlySet<string> | undefined; readonly warnings: boolean },
): readonly RolloutEvent[] {
  return events.filter(
    (event) =>
      (by.branch === undefined || by.branch.has(event.about)) && (!by.warnings || isWarning(event)),
  );
}

/** The API knows Normal and Warning, and lets others be written: what is not normal is shown as a warning. */
export function isWarning({ type }: RolloutEvent): boolean {
  return type !== 'Normal';
}
