import type {
  Finding,
  RolloutEvent,
  RolloutLack,
  RolloutMark,
  RolloutNode,
  RolloutParts,
  RolloutSummary,
} from '@kindscope/protocol';

/** What a page holds of one node's changes, and of all Events, at most; of more the oldest are gone. */
const marksLimit = 200;
const eventsLimit = 2_000;

/** What is shown of a rollout. Of a node that did not change it is the same object as before. */
export interface HeldRollout {
  readonly summary: RolloutSummary | undefined;
  readonly root: string | null;
  readonly nodes: ReadonlyMap<string, RolloutNode>;
  /** By node, oldest first. */
  readonly marks: ReadonlyMap<string, readonly RolloutMark[]>;
  /** Newest first. */
  readonly events: readonly RolloutEvent[];
  readonly findings: readonly Finding[];
  readonly lacks: readonly RolloutLack[];
}

export interface RolloutModel {
  readonly add: (frame: RolloutParts) => void;
  /** The same until something is added. */
  readonly state: () => HeldRollout;
}

/** Puts the frames of one rollout together. A snapshot starts with a new one. */
export function createRolloutModel(): RolloutModel {
  const nodes = new Map<string, RolloutNode>();
  const marks = new Map<string, readonly RolloutMark[]>();
  const events = new Map<string, RolloutEvent>();
  let summary: RolloutSummary | undefined;
  let root: string | null = null;
  let findings: readonly Finding[] = [];
  let lacks: readonly RolloutLack[] = [];
  let shown: HeldRollout | undefined;

  const remove = (uids: readonly string[]) => {
    if (uids.length === 0) return;
    const gone = new Set(uids);
    for (const uid of gone) {
      nodes.delete(uid);
      marks.delete(uid);
    }
    for (const event of events.values()) if (gone.has(event.about)) events.delete(event.uid);
  };
  return {
    add: (frame) => {
      shown = undefined;
      summary = frame.summary ?? summary;
      root = frame.root;
      findings = frame.findings ?? findings;
      lacks = frame.lacks ?? lacks;
      // Before what is new: a node that comes back in the frame that took it away is there.
      remove(frame.removed);
      for (const node of frame.nodes) nodes.set(node.uid, node);
      for (const [uid, added] of Map.groupBy(frame.marks, (mark) => mark.uid)) {
        marks.set(uid, withMarks(marks.get(uid) ?? [], added));
      }
      for (const event of frame.events) events.set(event.uid, event);
    },
    state: () => {
      if (shown !== undefined) return shown;
      const newest = [...events.values()].toSorted(byLast);
      for (const event of newest.splice(eventsLimit)) events.delete(event.uid);
      shown = {
        summary,
        root,
        nodes: new Map(nodes),
        marks: new Map(marks),
        events: newest,
        findings,
        lacks,
      };
      return shown;
    },
  };
}

/** Those of the log may come after those that were seen live: order and identity are by time and id. */
function withMarks(
  held: readonly RolloutMark[],
  added: readonly RolloutMark[],
): readonly RolloutMark[] {
  const byId = new Map([...held, ...added].map((mark) => [mark.id, mark]));
  return [...byId.values()].toSorted((a, b) => a.at - b.at || a.id - b.id).slice(-marksLimit);
}

function byLast(a: RolloutEvent, b: RolloutEvent): number {
  return b.last - a.last || (a.uid < b.uid ? -1 : 1);
}
