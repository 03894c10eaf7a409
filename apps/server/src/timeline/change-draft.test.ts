import type { StoreEvent } from '@kindscope/informer';
import { describe, expect, it } from 'vitest';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { boundFields, maxFields, maxValueLength } from './bounded-fields.ts';
import { draftsOf } from './change-draft.ts';

const time = Date.UTC(2026, 10, 22, 14);
const watch = { by: 'watch' } as const;
const relist = { by: 'relist', notBefore: time - 5000 } as const;
const resource = fakeInfo(widgets);
const changesOf = (event: StoreEvent) =>
  draftsOf({ resource, event, time }).map(({ change }) => change);

const one = fakeHandle({ namespace: 'a', name: 'x', spec: '{"count":1}' }, '10');
const two = fakeHandle({ namespace: 'a', name: 'x', spec: '{"count":2}' }, '11');

describe('the changes of an event', () => {
  it('[T1] are none for what was there before anyone looked, and none for synced and reset', () => {
    expect(changesOf({ kind: 'add', new: one, initial: true, seen: watch })).toEqual([]);
    expect(changesOf({ kind: 'synced' })).toEqual([]);
    expect(changesOf({ kind: 'reset' })).toEqual([]);
  });

  it('[T1] say creation, update and deletion with the versions before and after', () => {
    const created = changesOf({ kind: 'add', new: one, initial: false, seen: watch });
    expect(created).toMatchObject([
      { classes: ['created'], to: '10', seen: 'watch', kind: 'Widget' },
    ]);
    expect(created[0]).not.toHaveProperty('from');
    expect(changesOf({ kind: 'update', old: one, new: two, seen: watch })).toMatchObject([
      {
        classes: ['spec'],
        from: '10',
        to: '11',
        time: '2026-11-22T14:00:00.000Z',
        fields: [{ path: 'spec.count', before: 1, after: 2 }],
      },
    ]);
    const deletion = {
      kind: 'delete',
      old: one,
      last: two,
      tombstone: false,
      seen: watch,
    } as const;
    expect(changesOf(deletion)).toMatchObject([{ classes: ['deleted'], from: '10', to: '11' }]);
  });

  it('[T2] found by a relist say so, and since when it may have happened', () => {
    const found = changesOf({ kind: 'update', old: one, new: two, seen: relist });
    expect(found).toMatchObject([{ seen: 'relist', notBefore: '2026-11-22T13:59:55.000Z' }]);
  });

  it('[T2] do not name the last version of an object that a relist found missing', () => {
    const missing = { kind: 'delete', old: one, last: undefined, tombstone: true, seen: relist };
    const [change] = changesOf(missing as StoreEvent);
    expect(change).toMatchObject({ classes: ['deleted'], from: '10', seen: 'relist' });
    expect(change).not.toHaveProperty('to');
  });
});

describe('the fields of a change', () => {
  it('[T4] are cut to their first characters, as text, where a value is too long', () => {
    const long = { text: 'y'.repeat(maxValueLength) };
    const { fields } = boundFields([{ path: 'spec', before: 1, after: long }]);
    expect(fields).toEqual([
      {
        path: 'spec',
        before: 1,
        after: JSON.stringify(long).slice(0, maxValueLength),
        truncated: true,
      },
    ]);
  });

  it('[T4] are never cut in the middle of a character', () => {
    const text = `${'y'.repeat(maxValueLength - 1)}😀`;
    const { fields } = boundFields([{ path: 'spec', after: text }]);
    expect(fields[0]?.after).toBe('y'.repeat(maxValueLength - 1));
  });

  it('[T4] are cut in their paths, too, and however deep they are', () => {
    const path = `spec[name='${'n'.repeat(maxValueLength)}']`;
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    const { fields } = boundFields([
      { path, before: 1 },
      { path: 'spec', after: deep },
    ]);
    expect(fields).toEqual([
      { path: path.slice(0, maxValueLength), before: 1, truncated: true },
      { path: 'spec', after: '['.repeat(maxValueLength), truncated: true },
    ]);
  });

  it('[T4] come with no more conditions and managers than they, and no longer texts', () => {
    const conditions = (status: string) =>
      Array.from({ length: 150 }, (_, n) => ({ type: `T${n}`, status, message: 'm'.repeat(9000) }));
    const managers = Array.from({ length: 150 }, (_, n) => ({
      manager: `m${n}`.repeat(3000),
      operation: 'Update',
      time: '2026-11-22T14:00:00Z',
    }));
    const of = (status: string, n: number) => {
      const object = { name: 'x', status: JSON.stringify({ conditions: conditions(status) }) };
      const handle = fakeHandle(object, String(n));
      const parsed = {
        ...handle.parse(),
        metadata: { name: 'x', managedFields: n === 1 ? [] : managers },
      };
      return { ...handle, parse: () => parsed };
    };
    const [change] = changesOf({
      kind: 'update',
      old: of('True', 1),
      new: of('False', 2),
      seen: watch,
    });
    expect(change?.conditions).toHaveLength(maxFields);
    expect(change?.conditions?.[0]).toMatchObject({
      from: 'True',
      message: 'm'.repeat(maxValueLength),
    });
    expect(change?.managers).toHaveLength(maxFields);
    expect(change?.managers[0]?.manager).toHaveLength(maxValueLength);
    expect(JSON.stringify(change).length).toBeLessThan(2_000_000);
  });

  it('[T4] keep null apart from absent', () => {
    expect(boundFields([{ path: 'a', before: null }]).fields).toEqual([
      { path: 'a', before: null },
    ]);
  });

  it('[T4] are at most a hundred, and how many more there were is said', () => {
    const many = Array.from({ length: maxFields + 7 }, (_, n) => ({
      path: `spec.f${n}`,
      after: n,
    }));
    expect(boundFields(many)).toMatchObject({ omitted: 7 });
    expect(boundFields(many).fields).toHaveLength(maxFields);
    expect(boundFields(many.slice(0, 3))).not.toHaveProperty('omitted');
  });
});
