import type { Column } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { aRow } from '../../testing/render-at.tsx';
import { fitColumns, grownWidths } from './column-fit.ts';
import { commonShift, windowFor } from './held-rows.ts';
import { alignsRight, nextSort, sortDirection, tableColumns } from './table-column.ts';

const printed: Column[] = [
  { name: 'Desired', type: 'integer', priority: 0 },
  { name: 'Strategy', type: 'string', priority: 1 },
  { name: 'Next', type: 'date', priority: 0 },
  { name: 'Age', type: 'date', priority: 0 },
];
const columns = tableColumns(printed, true);
const titles = (list: readonly { readonly title: string }[]) => list.map(({ title }) => title);
const column = (title: string) => {
  const found = columns.find((one) => one.title === title);
  if (found === undefined) throw new Error(`no column ${title}`);
  return found;
};

describe('the columns', () => {
  it('are ours around the printed ones, and an age only once', () => {
    expect(titles(columns)).toEqual([
      'Name',
      'Namespace',
      'Health',
      'Desired',
      'Strategy',
      'Next',
      'Age',
      'Changed',
    ]);
    expect(titles(tableColumns([], false))).toEqual(['Name', 'Health', 'Age', 'Changed']);
  });

  it('stand at the right edge where they are numbers or times', () => {
    expect(titles(columns.filter(alignsRight))).toEqual(['Desired', 'Next', 'Age', 'Changed']);
  });

  it('find room by rank: the name first, those of a priority above 0 last', () => {
    const widths = Object.fromEntries(columns.map(({ id }) => [id, 100]));
    const fit = (width: number, choice = {}) => titles(fitColumns(columns, widths, width, choice));
    expect(fit(10)).toEqual(['Name']);
    expect(fit(400)).toEqual(['Name', 'Namespace', 'Health', 'Desired']);
    expect(fit(750)).not.toContain('Strategy');
    expect(fit(1000)).toContain('Strategy');
  });

  it('that were asked for come before the others, those that were turned off never', () => {
    const widths = Object.fromEntries(columns.map(({ id }) => [id, 100]));
    const choice = { 'cell-Strategy': true, 'cell-Desired': false };
    expect(titles(fitColumns(columns, widths, 400, choice))).toEqual([
      'Name',
      'Namespace',
      'Health',
      'Strategy',
    ]);
    expect(titles(fitColumns(columns, widths, 5000, choice))).not.toContain('Desired');
  });

  it('grow with what they hold, and never shrink', () => {
    const long = grownWidths({}, columns, [aRow('a-name-of-some-length')]);
    const short = grownWidths(long, columns, [aRow('a')]);
    expect(short).toBe(long);
  });
});

describe('sorting', () => {
  it('begins with the newest for times, and is forgotten with the third click', () => {
    const changed = column('Changed');
    const first = nextSort(changed, undefined);
    expect(first).toEqual({ column: 'changed', descending: true });
    const second = nextSort(changed, first);
    expect(second).toEqual({ column: 'changed' });
    expect(nextSort(changed, second)).toBeUndefined();
    expect(nextSort(column('Name'), undefined)).toEqual({ column: 'name' });
  });

  it('says the direction of what is shown: the newest first are the smallest ages', () => {
    const newest = { column: 'created', descending: true };
    expect(sortDirection(column('Age'), newest)).toBe('ascending');
    expect(sortDirection(column('Changed'), { column: 'changed', descending: true })).toBe(
      'descending',
    );
    expect(sortDirection(column('Name'), newest)).toBeUndefined();
  });

  it('is not offered for health, which the server cannot sort by', () => {
    expect(column('Health').sortBy).toBeUndefined();
  });
});

describe('holding rows in their place', () => {
  const keys = ['a', 'b', 'c', 'd', 'e'];

  it('knows by how many rows what was in sight has moved', () => {
    const before = { offset: 10, keys };
    expect(commonShift(before, { offset: 10, keys: ['x', 'y', ...keys] }, 11, 14)).toBe(2);
    expect(commonShift(before, { offset: 10, keys: keys.slice(1) }, 11, 14)).toBe(-1);
  });

  it('follows the most, not one that jumped', () => {
    const jumped = ['d', 'a', 'b', 'c', 'e'];
    expect(commonShift({ offset: 0, keys }, { offset: 0, keys: jumped }, 0, 2)).toBe(1);
    expect(commonShift({ offset: 0, keys }, { offset: 0, keys: jumped }, 3, 4)).toBe(0);
  });

  it('stays when another part of the same rows is loaded', () => {
    const after = { offset: 12, keys: ['c', 'd', 'e', 'f'] };
    expect(commonShift({ offset: 10, keys }, after, 12, 14)).toBe(0);
  });

  it('stays when none of what was in sight is left', () => {
    expect(commonShift({ offset: 0, keys }, { offset: 0, keys: ['z'] }, 0, 4)).toBe(0);
  });
});

describe('the window', () => {
  it('has what is in sight and some on either side, and moves in steps', () => {
    expect(windowFor(0, 25)).toEqual({ offset: 0, length: 100 });
    expect(windowFor(120, 145)).toEqual({ offset: 50, length: 150 });
    expect(windowFor(125, 149)).toEqual(windowFor(120, 145));
  });

  it('is never more than the server gives', () => {
    expect(windowFor(0, 5000).length).toBe(500);
  });
});
