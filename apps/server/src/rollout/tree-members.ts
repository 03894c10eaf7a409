import type { ObjectHandle } from '@kindscope/informer';

/** An object as its kind's watch knows it now. */
export interface TreeEntry {
  /** Which kind's watch tells of it: `apps/replicasets`. */
  readonly kind: string;
  readonly handle: ObjectHandle;
  readonly metadataOnly: boolean;
}

/**
 * So many owners above each other are followed; of what real controllers make hardly five are. What
 * looks at a node and all that is above it would else take as long as the square of a long line.
 */
export const mostLevels = 64;

/**
 * Who owns whom, by UID, and who of them descends from the root. Objects come in any order, a child
 * before its owner too; a change of one touches only what hangs under it.
 */
export interface TreeMembers {
  /** New or not as before; whether a member is. */
  put(entry: TreeEntry): boolean;
  /** It is gone, says its kind's watch; whether a member is. */
  remove(kind: string, uid: string): boolean;
  /** Of this kind only these are there; whether a member left. */
  keep(kind: string, uids: ReadonlySet<string>): boolean;
  /** The tree is that of another object; undefined: of none. */
  setRoot(uid: string | undefined): void;
  readonly root: string | undefined;
  /** Also what is gone while others still name it as their owner. */
  has(uid: string): boolean;
  get(uid: string): TreeEntry | undefined;
  /** What it hangs under; undefined for the root. */
  parentOf(uid: string): string | undefined;
  /** Also what is gone while others still name it as their owner. */
  readonly size: number;
  /** Something is owned below the deepest level that is looked at: it and what hangs under it are no members. */
  readonly tooDeep: boolean;
  /** Uids of members that are there, the root first. */
  uids(): Iterable<string>;
}

interface Place {
  /** Undefined for the root. */
  readonly parent: string | undefined;
  /** How many are above it. */
  readonly level: number;
}

/**
 * `onJoin` is told of each object that becomes a member, `onLeave` of each that is no longer there,
 * or no longer owned.
 */
export function createTreeMembers(deps: {
  readonly onJoin: (entry: TreeEntry) => void;
  readonly onLeave: (uid: string) => void;
}): TreeMembers {
  /** All that is owned by anything, and the root. */
  const entries = new Map<string, TreeEntry>();
  /** Of entries, and of members that are gone: the controller first. */
  const owners = new Map<string, readonly string[]>();
  const children = new Map<string, Set<string>>();
  /** What each hangs under. A member without entry is gone, and holds its children together. */
  const members = new Map<string, Place>();
  /** Those under which nothing can hang any more. */
  const deepest = new Set<string>();
  let root: string | undefined;

  function link(uid: string, next: readonly string[]): void {
    for (const owner of owners.get(uid) ?? []) {
      const siblings = children.get(owner);
      siblings?.delete(uid);
      if (siblings?.size === 0) children.delete(owner);
    }
    if (next.length === 0) owners.delete(uid);
    else owners.set(uid, next);
    for (const owner of next) {
      const siblings = children.get(owner);
      if (siblings === undefined) children.set(owner, new Set([uid]));
      else siblings.add(uid);
    }
  }

  /** Those that are hung under an owner that is a member now, and what hangs under them. */
  function attach(uids: Iterable<string>): void {
    const waiting = [...uids];
    for (let uid = waiting.pop(); uid !== undefined; uid = waiting.pop()) {
      if (members.has(uid)) continue;
      const parent = owners.get(uid)?.find((owner) => members.has(owner) && !deepest.has(owner));
      if (parent === undefined) continue;
      const level = (members.get(parent)?.level ?? 0) + 1;
      members.set(uid, { parent, level });
      if (level === mostLevels) deepest.add(uid);
      const entry = entries.get(uid);
      if (entry !== undefined) deps.onJoin(entry);
      for (const child of children.get(uid) ?? []) waiting.push(child);
    }
  }

  function forget(uid: string): void {
    members.delete(uid);
    deepest.delete(uid);
  }

  /** The member and what hangs under it are members no more; returns them. */
  function detach(top: string): string[] {
    const gone: string[] = [];
    const waiting = [top];
    for (let uid = waiting.pop(); uid !== undefined; uid = waiting.pop()) {
      forget(uid);
      gone.push(uid);
      for (const child of children.get(uid) ?? []) {
        if (members.get(child)?.parent === uid) waiting.push(child);
      }
    }
    return gone;
  }

  /** Its owners are others: it hangs elsewhere, or nowhere. */
  function move(uid: string): void {
    const parent = members.get(uid)?.parent;
    if (parent !== undefined && owners.get(uid)?.includes(parent) === true) return;
    const moved = detach(uid);
    attach(moved);
    for (const one of moved) if (!members.has(one)) leave(one);
    if (parent !== undefined) prune(parent);
  }

  function leave(uid: string): void {
    if (entries.has(uid)) deps.onLeave(uid);
    else link(uid, []);
  }

  /** It is there, and nobody owns it. */
  function release(uid: string): boolean {
    const was = members.has(uid);
    if (was && entries.has(uid)) deps.onLeave(uid);
    entries.delete(uid);
    link(uid, []);
    if (was) move(uid);
    return was;
  }

  /** What is gone, and holds nothing together any more, is forgotten. */
  function prune(from: string): void {
    for (let uid: string | undefined = from; uid !== undefined && uid !== root;) {
      if (!members.has(uid) || entries.has(uid) || isHeld(uid)) return;
      const parent: string | undefined = members.get(uid)?.parent;
      forget(uid);
      link(uid, []);
      uid = parent;
    }
  }

  function isHeld(uid: string): boolean {
    for (const child of children.get(uid) ?? []) {
      if (members.get(child)?.parent === uid) return true;
    }
    return false;
  }

  /** Whether it owns what is there and hangs nowhere. */
  function hasOthers(uid: string): boolean {
    for (const child of children.get(uid) ?? []) {
      if (entries.has(child) && !members.has(child)) return true;
    }
    return false;
  }

  function remove(kind: string, uid: string): boolean {
    if (entries.get(uid)?.kind !== kind) return false;
    entries.delete(uid);
    if (!members.has(uid)) {
      link(uid, []);
      return false;
    }
    deps.onLeave(uid);
    prune(uid);
    return true;
  }

  return {
    put(entry) {
      const { uid } = entry.handle;
      const before = entries.get(uid);
      // One object may be served by two groups: the first that told of it stays.
      if (uid === '' || (before !== undefined && before.kind !== entry.kind)) return false;
      const next = ownersOf(entry.handle);
      if (next.length === 0 && uid !== root) return release(uid);
      entries.set(uid, entry);
      if (!alike(owners.get(uid) ?? [], next)) link(uid, next);
      if (uid === root) {
        if (before === undefined) deps.onJoin(entry);
      } else if (members.has(uid)) {
        if (before === undefined) deps.onJoin(entry);
        move(uid);
        return true;
      } else attach([uid]);
      return members.has(uid);
    },
    remove,
    keep(kind, uids) {
      let left = false;
      for (const [uid, entry] of entries) {
        if (entry.kind === kind && !uids.has(uid)) left = remove(kind, uid) || left;
      }
      return left;
    },
    setRoot(uid) {
      if (uid === root) return;
      const former = [...members.keys()];
      members.clear();
      deepest.clear();
      root = uid;
      if (uid !== undefined) {
        members.set(uid, { parent: undefined, level: 0 });
        attach(children.get(uid) ?? []);
      }
      for (const one of former) if (!members.has(one)) leave(one);
    },
    get root() {
      return root;
    },
    has: (uid) => members.has(uid),
    get: (uid) => entries.get(uid),
    parentOf: (uid) => members.get(uid)?.parent,
    get size() {
      return members.size;
    },
    get tooDeep() {
      for (const uid of deepest) if (hasOthers(uid)) return true;
      return false;
    },
    *uids() {
      for (const uid of members.keys()) if (entries.has(uid)) yield uid;
    },
  };
}

function ownersOf({ ownerReferences }: ObjectHandle): readonly string[] {
  if (ownerReferences.length < 2) return ownerReferences.map(({ uid }) => uid);
  const [controllers, others] = [
    ownerReferences.filter(({ controller }) => controller),
    ownerReferences.filter(({ controller }) => !controller),
  ];
  return [...new Set([...controllers, ...others].map(({ uid }) => uid))];
}

function alike(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((uid, place) => uid === b[place]);
}
