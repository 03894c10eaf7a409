/** A piece of a text; `changed` pieces are not in the other text at this place. */
export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

export interface WordDiff {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

/** Above this many cells the middle is called changed as a whole: nobody reads such a diff word by word. */
const cells = 250_000;

/** What differs between two texts, by words (longest common subsequence of words, blanks and signs). */
export function wordDiff(before: string, after: string): WordDiff {
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail += 1;
  }
  const left = a.slice(head, a.length - tail);
  const right = b.slice(head, b.length - tail);
  const [leftKept, rightKept] = commonWords(left, right);
  const edge = (all: string[]): [string, string] => [
    all.slice(0, head).join(''),
    all.slice(all.length - tail).join(''),
  ];
  return {
    before: pieces(edge(a), left, leftKept),
    after: pieces(edge(b), right, rightKept),
  };
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function pieces(
  [start, end]: [string, string],
  middle: readonly string[],
  kept: ReadonlySet<number>,
): Piece[] {
  const out: Piece[] = [];
  const put = (text: string, changed: boolean): void => {
    if (text === '') return;
    const last = out.at(-1);
    if (last?.changed === changed) out[out.length - 1] = { text: last.text + text, changed };
    else out.push({ text, changed });
  };
  put(start, false);
  middle.forEach((word, index) => put(word, !kept.has(index)));
  put(end, false);
  return out;
}

/** Which words of each side belong to the longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const left = new Set<number>();
  const right = new Set<number>();
  if (a.length === 0 || b.length === 0 || a.length * b.length > cells) return [left, right];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = a.length - 1; row >= 0; row -= 1) {
    for (let column = b.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        a[row] === b[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  let row = 0;
  let column = 0;
  while (row < a.length && column < b.length) {
    if (a[row] === b[column]) {
      left.add(row);
      right.add(column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return [left, right];
}
