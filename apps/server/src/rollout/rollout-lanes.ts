import type { Clock, ObjectHandle } from '@kindscope/informer';
import { gvrKey, type Turn } from '@kindscope/kube';
import type { RolloutMark } from '@kindscope/protocol';
import type { Appended, ChangeEntry, ChangeLog, GapEntry } from '../timeline/change-log.ts';
import type { RevisionLog } from '../timeline/revision-log.ts';
import { nameOf, subjectOf, type Lane, type LaneSubject } from './lane.ts';
import { lostNode, lostNodes, lostRoot } from './lost-nodes.ts';
import { createMarkBoard } from './mark-board.ts';
import { endPast, extendPast, readPast } from './node-bars.ts';
import type { OwnedTree, TreeNode, TreeObject } from './owned-tree.ts';
import { markOf } from './rollout-mark.ts';

/** Of the nodes that are gone the newest are shown. */
const mostDeleted = 200;
/** Of the nodes that are there so many, the first that were found, leave their state to the log. */
const mostKept = 200;
/** So many of the newest changes are looked at for marks of a node that is new here. */
const mostEntries = 20_000;
/** What the tree has no more is told deleted within this time by the log, or left out. */
const graceMs = 1000;

export interface RolloutLanesDeps {
  readonly tree: OwnedTree;
  readonly object: TreeObject;
  readonly changes: ChangeLog;
  readonly revisions: RevisionLog;
  readonly clock: Clock;
}

/** The lanes of a rollout: what the tree has, and what the log knows of it and of what is gone. */
export interface RolloutLanes {
  readonly lanes: ReadonlyMap<string, Lane>;
  /** The object itself while it is there. */
  readonly root: Lane | undefined;
  /** When the object was seen gone, if it is. */
  readonly rootDeleted: number | undefined;
  /** Takes over what the tree has now. `wait`: after so many ms there is more to do. */
  sync(): { readonly fresh: readonly Lane[]; readonly wait: number | undefined };
  /** Takes over what was logged just now; whether it concerns a lane. */
  note(appended: readonly Appended[]): boolean;
  setTurns(turns: ReadonlyMap<string, Turn>): void;
  /** Uids of lanes that are new or may be others since the last time, and of those that left. */
  take(): { readonly touched: ReadonlySet<string>; readonly removed: readonly string[] };
  /** Nobody may watch from now on: leaves to the log what it would not know. */
  keep(): void;
  takeMarks(): RolloutMark[];
  marks(): RolloutMark[];
}

export function createRolloutLanes(deps: RolloutLanesDeps): RolloutLanes {
  const { tree, object, changes, revisions, clock } = deps;
  const namespace = object.namespace === '' ? undefined : object.namespace;
  const lanes = new Map<string, Lane>();
  const board = createMarkBoard();
  const startId = changes.lastId;
  const openedAt = clock.now();
  let touched = new Set<string>();
  let removed = new Set<string>();
  let rootUid: string | undefined;
  let searched = false;
  /** What came and went between two looks at the tree. */
  let passed: Lane[] = [];

  function touch(uid: string): void {
    touched.add(uid);
    removed.delete(uid);
  }

  function remove(uid: string): void {
    lanes.delete(uid);
    board.drop(uid);
    touched.delete(uid);
    removed.add(uid);
  }

  /** As the log has it, from the beginning. */
  function readAgain(lane: Lane): void {
    const { subject, tree: node, deleted, turn } = lane;
    const present = node === undefined || deleted !== undefined ? null : node.handle;
    const spans = subject.metadataOnly ? [] : revisions.spans(nameOf(subject), present);
    lane.past = readPast(spans, subject.uid, turn, clock.now());
    touch(subject.uid);
  }

  function add(subject: LaneSubject, from: { tree?: TreeNode; deleted?: number }): Lane {
    const lane: Lane = {
      subject,
      tree: from.tree,
      turn: lanes.get(subject.parent ?? '')?.turn,
      past: { bars: [], counts: { text: '', since: 0 } },
      followed: false,
      deleted: from.deleted,
      missing: undefined,
    };
    lanes.set(subject.uid, lane);
    readAgain(lane);
    return lane;
  }

  function update(lane: Lane, node: TreeNode): void {
    const before = lane.subject;
    lane.tree = node;
    lane.subject = subjectOf(node);
    lane.deleted = undefined;
    // Its states are told to the log from now on.
    if (before.metadataOnly && !node.metadataOnly) readAgain(lane);
    touch(node.uid);
  }

  function setDeleted(lane: Lane, at: number): void {
    lane.deleted = at;
    lane.missing = undefined;
    lane.past = endPast(lane.past, at);
    touch(lane.subject.uid);
  }

  /** A new life of the name is another rollout. */
  function followRoot(): void {
    const uid = tree.root?.uid;
    if (uid === undefined || uid === rootUid) return;
    for (const known of lanes.keys()) remove(known);
    rootUid = uid;
    searched = false;
    passed = [];
  }

  /** Of the nodes that are new: what the log had of them before. */
  function addMarks(fresh: readonly Lane[]): void {
    if (fresh.length === 0) return;
    const uids = new Set(fresh.map(({ subject }) => subject.uid));
    const resources = new Map(
      fresh.map(({ subject: { resource } }) => [gvrKey(resource), resource]),
    );
    const isNew = fresh.every(({ past: { bars } }) => (bars[0]?.from ?? 0) > openedAt);
    const entries = changes.entries({
      resources: [...resources.values()],
      namespace,
      after: isNew ? startId : 0,
      limit: mostEntries,
    });
    const mine = (entry: (typeof entries)[number]): entry is ChangeEntry =>
      entry.kind === 'change' && uids.has(entry.object.uid);
    board.add(entries.filter(mine).reverse().map(markOf));
  }

  /** What is in the tree now; the lanes that are new here. */
  function syncNodes(): { readonly fresh: Lane[]; readonly present: ReadonlySet<string> } {
    const fresh: Lane[] = [];
    const present = new Set<string>();
    for (const node of tree.nodes()) {
      present.add(node.uid);
      const lane = lanes.get(node.uid);
      if (lane !== undefined) lane.missing = undefined;
      if (lane?.tree === node) continue;
      if (lane === undefined) fresh.push(add(subjectOf(node), { tree: node }));
      else update(lane, node);
    }
    return { fresh, present };
  }

  /** True where something is left to be seen to. */
  function seeToMissing(present: ReadonlySet<string>): boolean {
    let waiting = false;
    const now = clock.monotonic();
    for (const [uid, lane] of lanes) {
      if (present.has(uid) || lane.deleted !== undefined) continue;
      if (lane.subject.metadataOnly) {
        setDeleted(lane, clock.now());
        continue;
      }
      lane.missing ??= now;
      const isOver = now - lane.missing >= graceMs;
      // What a deleted object owned follows it; the log says when.
      if (isOver && tree.root !== undefined) remove(uid);
      else if (!isOver) waiting = true;
    }
    return waiting;
  }

  /** Once: what was gone before anyone looked here. */
  function searchLost(): Lane[] {
    if (searched || !tree.settled) return [];
    searched = true;
    const isNew = tree.root === undefined && rootUid === undefined;
    const root = isNew ? lostRoot(deps, object) : undefined;
    const added = root === undefined ? [] : [add(root.subject, root)];
    const lost = lostNodes(deps, namespace, (uid) => lanes.has(uid)).slice(0, mostDeleted);
    return [...added, ...lost.map((one) => add(one.subject, one))];
  }

  function bound(): void {
    const gone = [...lanes.values()].filter(({ deleted }) => deleted !== undefined);
    if (gone.length <= mostDeleted) return;
    const oldest = gone.sort((a, b) => (b.deleted ?? 0) - (a.deleted ?? 0)).slice(mostDeleted);
    for (const { subject } of oldest) if (subject.parent !== undefined) remove(subject.uid);
  }

  /** It was gone before the tree was asked: all of it is in the log. */
  function notePassed(entry: ChangeEntry, before: ObjectHandle): boolean {
    const parent = before.ownerReferences.find(({ uid }) => lanes.has(uid));
    if (parent === undefined) return false;
    const lost = lostNode(entry, before.parse(), parent.uid);
    passed.push(add(lost.subject, lost));
    return true;
  }

  function noteChange({ entry, before, after }: Appended & { entry: ChangeEntry }): boolean {
    const lane = lanes.get(entry.object.uid);
    const { time, within } = entry;
    if (lane === undefined) {
      const isEnd = after === undefined && before !== undefined;
      return isEnd && notePassed(entry, before);
    }
    board.add([markOf(entry)]);
    if (after !== undefined) {
      const state = { object: after.parse(), time, within };
      if (lane.followed) lane.past = extendPast(lane.past, state, lane.turn);
      else readAgain(lane);
      lane.followed = true;
      touch(entry.object.uid);
    } else if (before !== undefined) {
      setDeleted(lane, time);
    }
    return true;
  }

  /** Nobody saw what happened: what is known then is another past. */
  function noteGap(gap: GapEntry): boolean {
    let found = false;
    for (const lane of lanes.values()) {
      const { resource, namespace: of } = lane.subject;
      if (gvrKey(resource) !== gap.resource) continue;
      if (gap.namespace !== undefined && gap.namespace !== of) continue;
      readAgain(lane);
      found = true;
    }
    return found;
  }

  function setTurn(lane: Lane, turn: Turn | undefined): void {
    if (lane.turn === turn) return;
    lane.turn = turn;
    touch(lane.subject.uid);
    // Words of the past depend on it, but not a pod's, of which there may be thousands.
    if (lane.subject.kind !== 'Pod' && !lane.subject.metadataOnly) readAgain(lane);
  }

  return {
    lanes,
    get root() {
      const lane = rootUid === undefined ? undefined : lanes.get(rootUid);
      return lane?.deleted === undefined && tree.root !== undefined ? lane : undefined;
    },
    get rootDeleted() {
      const root = [...lanes.values()].find(({ subject }) => subject.parent === undefined);
      return tree.root === undefined ? root?.deleted : undefined;
    },
    sync() {
      followRoot();
      const { fresh: found, present } = syncNodes();
      const waiting = seeToMissing(present);
      const fresh = [...found, ...searchLost(), ...passed];
      passed = [];
      addMarks(fresh);
      bound();
      return { fresh, wait: waiting ? graceMs : undefined };
    },
    note(appended) {
      let found = false;
      for (const one of appended) {
        const { entry } = one;
        const is = entry.kind === 'gap' ? noteGap(entry) : noteChange({ ...one, entry });
        found = is || found;
      }
      return found;
    },
    setTurns(turns) {
      for (const [uid, lane] of lanes) {
        if (lane.deleted === undefined) setTurn(lane, turns.get(uid));
        else setTurn(lane, lanes.get(lane.subject.parent ?? '')?.turn ?? lane.turn);
      }
    },
    take() {
      const taken = { touched, removed: [...removed] };
      touched = new Set();
      removed = new Set();
      return taken;
    },
    keep() {
      for (const { subject, tree: node, deleted } of lanes.values().take(mostKept)) {
        if (node === undefined || node.metadataOnly || deleted !== undefined) continue;
        revisions.keep(nameOf(subject), node.handle);
      }
    },
    takeMarks: () => board.take(),
    marks: () => board.all(),
  };
}
