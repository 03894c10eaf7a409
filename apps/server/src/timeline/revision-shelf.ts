import { createRevisionChain, type Revision, type RevisionChain } from './revision-chain.ts';

export interface RevisionLimits {
  /** States kept of one name. */
  readonly perObject: number;
  /** States of all objects, and the bytes they take. */
  readonly total: { readonly revisions: number; readonly bytes: number };
}

const defaultLimits: RevisionLimits = {
  perObject: 256,
  total: { revisions: 100_000, bytes: 128 * 2 ** 20 },
};

/** What a state costs besides its bytes. */
const overhead = 400;

/** Chains of states by name, bounded as a whole: the oldest state of all goes first. */
export interface RevisionShelf {
  add(name: string, revision: Revision, text: string): void;
  newest(name: string): Revision | undefined;
  /** Newest first. */
  revisions(name: string): readonly Revision[];
  /** The text of the nth newest. */
  text(name: string, index: number): string;
  /** All texts, newest first; to be read before another state is added. */
  texts(name: string): Iterable<string>;
  /** Older states may have been held and are no more. */
  dropped(name: string): boolean;
  /** Of a name that holds none: up to when it may have held some. */
  forgottenThrough(name: string): number;
  readonly stats: { readonly revisions: number; readonly bytes: number };
}

interface Held {
  readonly name: string;
  readonly chain: RevisionChain;
  /** Of names that were forgotten altogether this may be one. */
  readonly mayBeForgotten: boolean;
  /** How many of its states were dropped. */
  gone: number;
}

/** The nth state that a name held, from the first. */
interface Place {
  readonly held: Held;
  readonly nth: number;
}

export function createRevisionShelf(limits: RevisionLimits = defaultLimits): RevisionShelf {
  const names = new Map<string, Held>();
  /** Since when the newest state was so of all names that were forgotten altogether. */
  let forgotten = Number.NEGATIVE_INFINITY;
  /** Every state that is held, and some that are not, in the order in which they came. */
  let order: Place[] = [];
  let next = 0;
  const stats = { revisions: 0, bytes: 0 };

  function heldOf(name: string): Held {
    const mayBeForgotten = forgotten > Number.NEGATIVE_INFINITY;
    const held = names.get(name) ?? { name, chain: createRevisionChain(), mayBeForgotten, gone: 0 };
    names.set(name, held);
    return held;
  }

  function drop(held: Held): void {
    const { chain, name } = held;
    if (chain.size === 1) {
      forgotten = Math.max(forgotten, chain.newest?.since ?? forgotten);
      names.delete(name);
    }
    stats.bytes -= chain.drop() + overhead;
    stats.revisions -= 1;
    held.gone += 1;
  }

  const isHeld = ({ held, nth }: Place) => nth >= held.gone;

  function dropOldest(): void {
    const place = order[next];
    next += 1;
    if (place !== undefined && isHeld(place)) drop(place.held);
  }

  /** States that were dropped for their number alone stay in the order, until they are as many as the others. */
  function tidy(): void {
    if (order.length < 2 * stats.revisions + 1024) return;
    order = order.slice(next).filter(isHeld);
    next = 0;
  }

  return {
    add(name, revision, text) {
      const held = heldOf(name);
      order.push({ held, nth: held.gone + held.chain.size });
      stats.bytes += held.chain.add(revision, text) + overhead;
      stats.revisions += 1;
      if (held.chain.size > limits.perObject) drop(held);
      const { revisions, bytes } = limits.total;
      while (stats.revisions > revisions || stats.bytes > bytes) dropOldest();
      tidy();
    },
    newest: (name) => names.get(name)?.chain.newest,
    revisions: (name) => names.get(name)?.chain.revisions ?? [],
    text: (name, index) => names.get(name)?.chain.text(index) ?? '',
    texts: (name) => names.get(name)?.chain.texts() ?? [],
    dropped(name) {
      const held = names.get(name);
      if (held === undefined) return forgotten > Number.NEGATIVE_INFINITY;
      return held.gone > 0 || held.mayBeForgotten;
    },
    forgottenThrough: (name) => (names.has(name) ? Number.NEGATIVE_INFINITY : forgotten),
    get stats() {
      return { ...stats };
    },
  };
}
