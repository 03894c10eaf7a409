import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** One state of an object, without its text. */
export interface Revision {
  readonly uid: string;
  readonly resourceVersion: string;
  /** Milliseconds since the epoch; undefined for what was there when watching began. */
  readonly time: number | undefined;
  /** The id of the change that made it so. */
  readonly change: number | undefined;
  /** The object ended with this change; the text is its last known state. */
  readonly deleted: boolean;
}

interface Link {
  readonly revision: Revision;
  /** The newest: its text. Older ones: what their text differs in from the next newer one's. */
  bytes: Buffer;
}

/** The states of one name, newest first, over all the objects that had it. */
export interface RevisionChain {
  readonly size: number;
  readonly newest: Revision | undefined;
  readonly revisions: readonly Revision[];
  /** Adds a newer state and returns by how many bytes the chain has grown. */
  add(revision: Revision, text: string): number;
  /** Drops the oldest and returns how many bytes are free; nothing happens where there is none. */
  drop(): number;
  /** The text of the nth newest. */
  text(index: number): string;
}

/**
 * Keeps the newest state whole and each older one as its difference to the next newer, by deflate
 * with that one as preset dictionary (zlib's deflateSetDictionary): two states of an object share nearly everything. So
 * the oldest can be dropped without a look at the others; to read one costs as many steps as there
 * are newer ones.
 */
export function createRevisionChain(): RevisionChain {
  /** Oldest first. */
  const links: Link[] = [];

  return {
    get size() {
      return links.length;
    },
    get newest() {
      return links.at(-1)?.revision;
    },
    get revisions() {
      return links.map(({ revision }) => revision).reverse();
    },
    add(revision, text) {
      const bytes = Buffer.from(text);
      const last = links.at(-1);
      let grown = bytes.length;
      if (last !== undefined) {
        const packed = deflateRawSync(last.bytes, { dictionary: bytes, level: 1 });
        grown += packed.length - last.bytes.length;
        last.bytes = packed;
      }
      links.push({ revision, bytes });
      return grown;
    },
    drop: () => links.shift()?.bytes.length ?? 0,
    text(index) {
      let place = links.length - 1;
      let bytes = links[place]?.bytes ?? Buffer.alloc(0);
      for (let steps = 0; steps < index; steps += 1) {
        place -= 1;
        const packed = links[place]?.bytes ?? Buffer.alloc(0);
        bytes = inflateRawSync(packed, { dictionary: bytes });
      }
      return bytes.toString();
    },
  };
}
