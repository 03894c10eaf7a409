/**
 * Items in order, in blocks of bounded size, so that putting one in or taking one out of a hundred
 * thousand moves a few hundred. Two items that compare as equal are the same place.
 */
export interface SortedList<T> {
  readonly size: number;
  /** Takes these, in order already, instead of what it has. */
  load(sorted: readonly T[]): void;
  insert(item: T): void;
  /** Removes the item at this one's place. */
  remove(item: T): void;
  /** Puts the item in the place of one that compares as equal. */
  replace(item: T): void;
  /** How many items are before this one's place. */
  indexOf(item: T): number;
  slice(start: number, length: number): T[];
}

/** A block is split when it grows beyond twice this. */
const blockSize = 256;

export function createSortedList<T>(compare: (a: T, b: T) => number): SortedList<T> {
  let blocks: T[][] = [];
  let size = 0;

  /** The first of `length` positions whose item is not before this one. */
  function search(length: number, item: T, at: (position: number) => T | undefined): number {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = at(middle);
      if (other !== undefined && compare(other, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first block that ends at or after the item's place; the last one where all end before. */
  function blockOf(item: T): number {
    const found = search(blocks.length, item, (position) => blocks[position]?.at(-1));
    return Math.min(found, blocks.length - 1);
  }

  const within = (block: readonly T[], item: T) =>
    search(block.length, item, (position) => block[position]);

  return {
    get size() {
      return size;
    },
    load(sorted) {
      size = sorted.length;
      blocks = [];
      for (let start = 0; start < size; start += blockSize) {
        blocks.push(sorted.slice(start, start + blockSize));
      }
    },
    insert(item) {
      size += 1;
      const index = blockOf(item);
      const block = blocks[index];
      if (block === undefined) {
        blocks.push([item]);
        return;
      }
      block.splice(within(block, item), 0, item);
      if (block.length > 2 * blockSize) blocks.splice(index + 1, 0, block.splice(blockSize));
    },
    remove(item) {
      const index = blockOf(item);
      const block = blocks[index];
      if (block === undefined) return;
      size -= block.splice(within(block, item), 1).length;
      if (block.length === 0) blocks.splice(index, 1);
    },
    replace(item) {
      const block = blocks[blockOf(item)];
      if (block !== undefined) block[within(block, item)] = item;
    },
    indexOf(item) {
      const index = blockOf(item);
      const block = blocks[index];
      if (block === undefined) return 0;
      const before = blocks.slice(0, index).reduce((sum, { length }) => sum + length, 0);
      return before + within(block, item);
    },
    slice(start, length) {
      const found: T[] = [];
      let skip = start;
      for (const block of blocks) {
        if (found.length === length) break;
        if (skip < block.length) found.push(...block.slice(skip, skip + length - found.length));
        skip = Math.max(0, skip - block.length);
      }
      return found;
    },
  };
}
