import type { RolloutMark } from '@kindscope/protocol';

export interface MarkLimits {
  /** Of one node; of more the oldest are dropped. */
  readonly perNode: number;
  /** Of all nodes: when there are more, each node may have half as many. */
  readonly total: number;
}

const defaultLimits: MarkLimits = { perNode: 200, total: 20_000 };

/** The marks of a rollout's lanes. */
export interface MarkBoard {
  /** Later ones have greater ids within a node. */
  add(marks: readonly RolloutMark[]): void;
  /** The node is no longer shown. */
  drop(uid: string): void;
  /** What was added since the last time, oldest first. */
  take(): RolloutMark[];
  /** Oldest first. */
  all(): RolloutMark[];
}

export function createMarkBoard({ perNode, total }: MarkLimits = defaultLimits): MarkBoard {
  const byNode = new Map<string, RolloutMark[]>();
  let most = perNode;
  let size = 0;
  let fresh: RolloutMark[] = [];

  function trim(marks: RolloutMark[]): void {
    if (marks.length > most) size -= marks.splice(0, marks.length - most).length;
  }

  function put(mark: RolloutMark): void {
    const marks = byNode.get(mark.uid) ?? [];
    byNode.set(mark.uid, marks);
    marks.push(mark);
    size += 1;
    trim(marks);
    fresh.push(mark);
    while (size > total && most > 1) {
      most = Math.ceil(most / 2);
      for (const others of byNode.values()) trim(others);
    }
  }

  return {
    add(marks) {
      for (const mark of marks) put(mark);
    },
    drop(uid) {
      size -= byNode.get(uid)?.length ?? 0;
      byNode.delete(uid);
    },
    take() {
      const taken = fresh.filter(({ uid }) => byNode.has(uid)).sort(byId);
      fresh = [];
      return taken.slice(-total);
    },
    all: () => [...byNode.values()].flat().sort(byId),
  };
}

function byId(a: RolloutMark, b: RolloutMark): number {
  return a.id - b.id;
}
