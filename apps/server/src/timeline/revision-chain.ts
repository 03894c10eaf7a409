import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** One state of an object, without its text. */
export interface Revision {
  readonly uid: string;
  readonly resourceVersion: string;
  /** Milliseconds since the epoch; undefined for what was found so when watching began. */
  readonly time: number | undefined;
  /** The id of the change that made it so. */
  readonly change: number | undefined;
  /** Its place among what was noted. */
  readonly noted: number;
  /** The object ended with this change; the text is its last known state. */
  readonly deleted: boolean;
  /** From when on it is known to have been so, milliseconds since the epoch. */
  readonly since: number;
  /** Until when what the name was before is known to have been so. */
  readonly formerUntil: number;
}

interface Link {
  readonly revision: Revision;
  /** The newest: its text. Older ones: what their text differs in from the next newer one's. */
  bytes: string;
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
  /** All texts, newest first, each in one step; to be read before the chain changes. */
  texts(): Iterable<string>;
}

/**
 * Keeps the newest state whole and each older one as its difference to the next newer, by zstd with
 * that one as dictionary (RFC 8878, 5): two states of an object share nearly everything, and its
 * window reaches over the largest object. So the oldest can be dropped without a look at the others;
 * to read one costs as many steps as there are newer ones.
 */
export function createRevisionChain(): RevisionChain {
  /** Oldest first. */
  const links: Link[] = [];

  function* texts(): Iterable<string> {
    let newer: Buffer | undefined;
    for (const { bytes } of links.toReversed()) {
      newer =
        newer === undefined
          ? loose(bytes)
          : zstdDecompressSync(loose(bytes), { dictionary: newer });
      yield newer.toString();
    }
  }

  return {
    texts,
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
        const packed = held(pack(loose(last.bytes), bytes));
        grown += packed.length - last.bytes.length;
        last.bytes = packed;
      }
      links.push({ revision, bytes: held(bytes) });
      return grown;
    },
    drop: () => links.shift()?.bytes.length ?? 0,
    text(index) {
      let place = links.length - 1;
      let bytes = loose(links[place]?.bytes ?? '');
      for (let steps = 0; steps < index; steps += 1) {
        place -= 1;
        bytes = zstdDecompressSync(loose(links[place]?.bytes ?? ''), { dictionary: bytes });
      }
      return bytes.toString();
    },
  };
}

const fast = { [constants.ZSTD_c_compressionLevel]: 1 };

function pack(bytes: Buffer, dictionary: Buffer): Buffer {
  return zstdCompressSync(bytes, { dictionary, params: fast });
}

/**
 * Bytes as a string, one character each: a Buffer would keep more than itself, for a few bytes that
 * were packed the 64 KiB in which zlib wrote them.
 */
function held(bytes: Buffer): string {
  return bytes.toString('latin1');
}

function loose(bytes: string): Buffer {
  return Buffer.from(bytes, 'latin1');
}
