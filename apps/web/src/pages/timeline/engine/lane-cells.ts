import { firstClass, heartbeatBit, markClasses } from './mark-classes.ts';
import type { MarkStore } from './mark-store.ts';
import type { RowList } from './row-list.ts';

/**
 * Marks that fall on the same few pixels, as one: drawn is the one whose class comes first. Stretches
 * of time are counted from the epoch, so that what is drawn as one stays so while it is moved.
 */
export interface Cells {
  readonly length: number;
  /** By cell, oldest first: the row that stands for it, and how many changes it is of (heartbeats are none). */
  readonly row: Int32Array;
  readonly count: Int32Array;
  /** The place of its class among {@link markClasses}. */
  readonly shown: Uint8Array;
}

/** So wide a stretch is at least, pixels, and twice as wide at most: half a glyph, to a whole one. */
const leastWidth = 6;

/** How long a stretch is where a pixel is so many milliseconds: a power of two, so that zooming meets it again. */
export function cellLength(msPerPixel: number): number {
  return 2 ** Math.ceil(Math.log2(msPerPixel * leastWidth));
}

export interface CellsOf {
  /** The cells of all rows of a list that have one of the classes. */
  readonly cells: (rows: RowList, cellMs: number, shown: number) => Cells;
}

interface Cached {
  readonly cellMs: number;
  readonly shownBits: number;
  readonly rewrites: number;
  /** How many rows of the list are in it. */
  taken: number;
  lastCell: number;
  length: number;
  row: Int32Array;
  count: Int32Array;
  shown: Uint8Array;
}

/** Zooming goes back and forth between neighbouring lengths. */
const kept = 2;
const heartbeat = firstClass(heartbeatBit);

/** Counts each list once for each length, and what comes at its end as it comes. */
export function createCells(store: MarkStore): CellsOf {
  const caches = new WeakMap<RowList, Cached[]>();
  return {
    cells: (rows, cellMs, shownBits) => {
      const known = caches.get(rows) ?? [];
      const found = known.find(
        (cached) =>
          cached.cellMs === cellMs &&
          cached.shownBits === shownBits &&
          cached.rewrites === rows.rewrites,
      );
      const cached = found ?? emptyCells(cellMs, shownBits, rows.rewrites);
      if (found === undefined) {
        const usable = known.filter(
          (one) => one.rewrites === rows.rewrites && one.shownBits === shownBits,
        );
        caches.set(rows, [cached, ...usable.slice(0, kept - 1)]);
      }
      extend(cached, rows, store);
      return cached;
    },
  };
}

function emptyCells(cellMs: number, shownBits: number, rewrites: number): Cached {
  return {
    cellMs,
    shownBits,
    rewrites,
    taken: 0,
    lastCell: Number.NaN,
    length: 0,
    row: new Int32Array(8),
    count: new Int32Array(8),
    shown: new Uint8Array(8),
  };
}

function extend(cached: Cached, rows: RowList, store: MarkStore): void {
  const { time, of } = store;
  for (; cached.taken < rows.length; cached.taken += 1) {
    const row = rows.at(cached.taken);
    const bits = (of[row] ?? 0) & cached.shownBits;
    if (bits === 0) continue;
    const shown = firstClass(bits);
    const cell = Math.floor((time[row] ?? 0) / cached.cellMs);
    if (cell !== cached.lastCell) {
      cached.lastCell = cell;
      push(cached, row, shown);
    } else if (shown <= (cached.shown[cached.length - 1] ?? markClasses.length)) {
      cached.row[cached.length - 1] = row;
      cached.shown[cached.length - 1] = shown;
    }
    if (shown !== heartbeat) {
      cached.count[cached.length - 1] = (cached.count[cached.length - 1] ?? 0) + 1;
    }
  }
}

function push(cached: Cached, row: number, shown: number): void {
  if (cached.length === cached.row.length) {
    const room = cached.length * 2;
    const [rows, counts, classes] = [cached.row, cached.count, cached.shown];
    cached.row = new Int32Array(room);
    cached.row.set(rows);
    cached.count = new Int32Array(room);
    cached.count.set(counts);
    cached.shown = new Uint8Array(room);
    cached.shown.set(classes);
  }
  cached.row[cached.length] = row;
  cached.count[cached.length] = 0;
  cached.shown[cached.length] = shown;
  cached.length += 1;
}

/** The first cell that is not older than `time`. */
export function firstCell(cells: Cells, store: MarkStore, time: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((store.time[cells.row[middle] ?? -1] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
