import type { Marks } from '@kindscope/protocol';
import { array, assert, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aChange } from '../../../ui/changes/testing.ts';
import { classBit, classBits, classesOf, firstClass, markClasses } from './mark-classes.ts';
import { addChange, addMarks, changeOfMark, createMarkStore } from './mark-store.ts';
import { createRowList } from './row-list.ts';
import { anObject, noon, storeOf } from './testing.ts';

describe('a list of rows', () => {
  it('is in order of time and id, whatever order they come in', () => {
    const marks = array(record({ time: nat(20), id: nat(1000) }), { maxLength: 60 });
    assert(
      property(marks, (given) => {
        const order = {
          time: Float64Array.from(given, ({ time }) => time),
          id: Float64Array.from(given, ({ id }) => id),
        };
        const rows = createRowList(order);
        for (const row of given.keys()) rows.insert(row);
        const held = Array.from({ length: rows.length }, (_, place) => given[rows.at(place)]);
        expect(held).toEqual(given.toSorted((a, b) => a.time - b.time || a.id - b.id));
        for (const { time, id } of given) expect(rows.has(time, id)).toBe(true);
        expect(rows.has(10, 1001)).toBe(false);
        const place = rows.placeOf(10);
        expect(place).toBe(given.filter(({ time }) => time < 10).length);
      }),
    );
  });

  it('says when a row came elsewhere than at the end', () => {
    const rows = createRowList({ time: Float64Array.of(5, 6, 4), id: Float64Array.of(1, 2, 3) });
    rows.insert(0);
    rows.insert(1);
    expect(rows.rewrites).toBe(0);
    rows.insert(2);
    expect(rows.rewrites).toBe(1);
    expect([rows.at(-1), rows.at(0), rows.at(3)]).toEqual([-1, 2, -1]);
  });
});

describe('classes as bits', () => {
  it('are in order of precedence', () => {
    const bits = classBits(['heartbeat', 'status', 'created']);
    expect(markClasses[firstClass(bits)]).toBe('created');
    expect(classesOf(bits)).toEqual(['created', 'status', 'heartbeat']);
    expect(firstClass(0)).toBe(-1);
  });
});

/** Two changes of one object, newest first; the server has its own order of classes. */
const page: Marks = {
  objects: [anObject('web')],
  managers: ['kubectl'],
  classes: ['status', 'condition', 'spec'],
  id: [12, 11],
  time: [noon + 2000, noon + 1000],
  within: [500, 0],
  object: [0, 0],
  of: [0b011, 0b100],
  manager: [0, -1],
  conditions: [{ mark: 0, type: 'Available', from: 'True', to: 'False', heldMs: 900 }],
  lastId: 12,
  coverage: [],
};

describe('a store of marks', () => {
  it('takes a page column by column, each change once', () => {
    const store = createMarkStore();
    expect(addMarks(store, page)).toEqual([0, 1]);
    expect(addMarks(store, page)).toEqual([]);
    expect(store.size).toBe(2);
    expect(store.of[0]).toBe(classBits(['status', 'condition']));
    expect(store.of[1]).toBe(classBit('spec'));
    expect([store.manager[0], store.manager[1]]).toEqual([0, -1]);
    expect(store.conditions(0)).toEqual([
      { type: 'Available', from: 'True', to: 'False', heldMs: 900 },
    ]);
    expect(store.rowOfId(11)).toBe(1);
    expect(store.rowOfId(99)).toBe(-1);
  });

  it('joins what streams to what was there, though both tell of it', () => {
    const store = createMarkStore();
    addMarks(store, page);
    const { uid } = anObject('web');
    const live = (id: number, time: number) =>
      aChange({
        ...anObject('web'),
        uid,
        id,
        time: new Date(time).toISOString(),
        classes: ['spec'],
      });
    expect(addChange(store, live(12, noon + 2000))).toBe(-1);
    const row = addChange(store, {
      ...live(13, noon + 3000),
      notBefore: new Date(noon + 1500).toISOString(),
      seen: 'relist',
    });
    expect(row).toBe(2);
    expect(store.within[row]).toBe(1500);
    const rows = store.rowsOf(0);
    expect([0, 1, 2].map((place) => rows?.at(place))).toEqual([1, 0, 2]);
  });

  it('grows, and keeps what it had', () => {
    const object = anObject('web');
    const marks = Array.from({ length: 3000 }, (_, at) => ({ object, at, id: at + 1 }));
    const store = storeOf(...marks);
    expect(store.size).toBe(3000);
    expect(store.id[2999]).toBe(3000);
    expect(store.time[0]).toBe(noon);
  });

  it('knows enough of a change to say something of it', () => {
    const store = createMarkStore();
    addMarks(store, page);
    expect(changeOfMark(store, 0, classesOf)).toMatchObject({
      id: 12,
      name: 'web',
      seen: 'relist',
      notBefore: '2026-11-22T12:00:01.500Z',
      classes: ['condition', 'status'],
      conditions: [{ type: 'Available', to: 'False' }],
    });
    expect(changeOfMark(store, -1, classesOf)).toBeUndefined();
    expect(changeOfMark(store, 2, classesOf)).toBeUndefined();
  });
});
