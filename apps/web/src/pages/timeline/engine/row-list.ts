/** What rows are ordered by: their time, then their id. The arrays may be replaced as they grow. */
export interface RowOrder {
  readonly time: Float64Array;
  readonly id: Float64Array;
}

/** Rows of a store, oldest first. Adding at either end is cheap: history comes before, news after. */
export interface RowList {
  readonly length: number;
  /** Grows when a row came elsewhere than at the end: what was counted along the list holds no more. */
  readonly rewrites: number;
  /** The row at a place; -1 outside of the list. */
  readonly at: (place: number) => number;
  readonly insert: (row: number) => void;
  /** The first place whose row is not older than `time`. */
  readonly placeOf: (time: number) => number;
  readonly has: (time: number, id: number) => boolean;
}

export function createRowList(order: RowOrder): RowList {
  let rows = new Int32Array(4);
  let start = 1;
  let end = 1;
  let rewrites = 0;

  const rowAt = (place: number): number => rows[start + place] ?? -1;
  const isBefore = (row: number, time: number, id: number): boolean => {
    const own = order.time[row] ?? 0;
    return own < time || (own === time && (order.id[row] ?? 0) < id);
  };
  const search = (time: number, id: number): number => {
    let low = 0;
    let high = end - start;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(rowAt(middle), time, id)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Leaves room at both ends. */
  const grow = (): void => {
    const length = end - start;
    const larger = new Int32Array(Math.max(8, length * 2));
    const first = (larger.length - length) >> 1;
    larger.set(rows.subarray(start, end), first);
    rows = larger;
    start = first;
    end = first + length;
  };

  return {
    get length() {
      return end - start;
    },
    get rewrites() {
      return rewrites;
    },
    at: (place) => (place < 0 || place >= end - start ? -1 : rowAt(place)),
    insert: (row) => {
      if (start === 0 || end === rows.length) grow();
      const place = search(order.time[row] ?? 0, order.id[row] ?? 0);
      if (place === end - start) {
        rows[end] = row;
        end += 1;
        return;
      }
      rewrites += 1;
      if (place === 0) {
        start -= 1;
        rows[start] = row;
        return;
      }
      rows.copyWithin(start + place + 1, start + place, end);
      rows[start + place] = row;
      end += 1;
    },
    placeOf: (time) => search(time, Number.NEGATIVE_INFINITY),
    has: (time, id) => {
      const row = rowAt(search(time, id));
      return end > start && order.id[row] === id && order.time[row] === time && row >= 0;
    },
  };
}
