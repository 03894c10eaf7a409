import { describe, expect, it } from 'vitest';
import { createMarkBoard } from './mark-board.ts';

const mark = (id: number, uid = 'a') => ({ id, uid, at: id, classes: ['status' as const] });
const ids = (marks: readonly { readonly id: number }[]) => marks.map(({ id }) => id);

describe('the marks of a rollout', () => {
  it('[W33] are the newest of each node', () => {
    const board = createMarkBoard({ perNode: 3, total: 100 });
    board.add([1, 2, 3, 4].map((id) => mark(id)));
    board.add([mark(5, 'b')]);
    expect(ids(board.all())).toEqual([2, 3, 4, 5]);
  });

  it('[W33] are fewer of each where there are too many in all', () => {
    const board = createMarkBoard({ perNode: 4, total: 9 });
    for (let id = 1; id <= 12; id += 1) board.add([mark(id, ['a', 'b', 'c'][id % 3] ?? '')]);
    expect(board.all().length).toBeLessThanOrEqual(9);
    expect(ids(board.all())).toEqual([7, 8, 9, 10, 11, 12]);
  });

  it('are told once, oldest first, unless their node has left', () => {
    const board = createMarkBoard();
    board.add([mark(7), mark(9), mark(8, 'b'), mark(3, 'c')]);
    board.drop('b');
    expect(ids(board.take())).toEqual([3, 7, 9]);
    expect(board.take()).toEqual([]);
    expect(ids(board.all())).toEqual([3, 7, 9]);
  });
});
