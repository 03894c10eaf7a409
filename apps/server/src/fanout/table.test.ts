import { settle } from '@kindscope/informer/testing';
import { describe, expect, it } from 'vitest';
import { shownRows } from './testing/client-model.ts';
import { fakeColumns, widgets } from './testing/fake-catalog.ts';
import { createHarness, type Request } from './testing/harness.ts';

function table(more: Partial<Extract<Request, { view: 'table' }>> = {}): Request {
  return { view: 'table', resource: widgets, window: { offset: 0, length: 10 }, ...more };
}

function start() {
  const harness = createHarness();
  const resource = harness.catalog.add(widgets);
  const client = harness.connect();
  return { ...harness, resource, client };
}

describe('the table view', () => {
  it('[W8] begins with a snapshot of the window: columns, rows, totals, between begin and end', () => {
    const { resource, client } = start();
    resource.put({ namespace: 'b', name: 'x', spec: '{"count":1}' }, { initial: true });
    resource.put({ namespace: 'a', name: 'y', spec: '{"tier":"web"}' }, { initial: true });
    client.subscribe(table());
    const types = client.model.received.map(({ type }) => type);
    expect(types).toEqual(['welcome', 'attached', 'begin', 'table', 'end']);
    const held = client.model.held(1);
    expect(held.columns.map(({ name }) => name)).toEqual(['Count', 'Tier', 'Since']);
    expect(held).toMatchObject({ total: 2, matched: 2, offset: 0, partial: false });
    expect(shownRows(held)).toMatchObject([
      { key: 'a/y', namespace: 'a', name: 'y', cells: [null, 'web', null] },
      { key: 'b/x', cells: ['1', null, null], health: { status: 'unknown' } },
    ]);
  });

  it('[W8] brings a long window in frames of at most 200 rows that replace what was held at end', () => {
    const { resource, client } = start();
    for (let n = 0; n < 450; n += 1) resource.put({ namespace: 'a', name: `w${n}` });
    client.subscribe(table({ window: { offset: 0, length: 500 } }));
    const sizes = client.model.received.flatMap((m) => (m.type === 'table' ? [m.rows.length] : []));
    expect(sizes).toEqual([200, 200, 50]);
    const seqs = client.model.received.flatMap((m) => ('seq' in m ? [m.seq] : []));
    expect(new Set(seqs).size).toBe(1);
    expect(client.model.held(1).rows.size).toBe(450);
  });

  it('[W10] sends the first change after a rest in its own turn, the next ones together after 16 ms', async () => {
    const { resource, client, clock } = start();
    resource.put({ namespace: 'a', name: 'x' });
    client.subscribe(table());
    await settle();
    const before = client.frames.length;
    resource.put({ namespace: 'a', name: 'x', labels: { n: '1' } });
    await settle();
    expect(client.frames.length).toBe(before + 1);
    for (let n = 0; n < 50; n += 1) resource.put({ namespace: 'a', name: `y${n % 5}` });
    await clock.advance(15);
    expect(client.frames.length).toBe(before + 1);
    await clock.advance(1);
    expect(client.frames.length).toBe(before + 2);
    expect(client.model.held(1)).toMatchObject({ matched: 6 });
  });

  it('[W9] leaves out keys that did not move and rows that did not change', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' });
    resource.put({ namespace: 'a', name: 'y' });
    client.subscribe(table());
    resource.put({ namespace: 'a', name: 'y', spec: '{"count":2}' });
    await quiet();
    const last = client.model.received.at(-1);
    expect(last).toMatchObject({ type: 'table', rows: [{ key: 'a/y', cells: ['2', null, null] }] });
    expect(last).not.toHaveProperty('keys');
  });

  it('[W18] lets rows enter and leave as they start and stop to match the selectors', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x', labels: { app: 'web' }, spec: '{"tier":"gold"}' });
    resource.put({ namespace: 'a', name: 'y', labels: { app: 'api' }, spec: '{"tier":"gold"}' });
    client.subscribe(table({ labelSelector: 'app in (web)', fieldSelector: 'spec.tier=gold' }));
    expect(client.model.held(1)).toMatchObject({ total: 2, matched: 1, keys: ['a/x'] });
    resource.put({ namespace: 'a', name: 'y', labels: { app: 'web' }, spec: '{"tier":"gold"}' });
    await quiet();
    expect(client.model.held(1)).toMatchObject({ total: 2, matched: 2, keys: ['a/x', 'a/y'] });
    resource.put({ namespace: 'a', name: 'x', labels: { app: 'web' }, spec: '{"tier":"tin"}' });
    await quiet();
    expect(client.model.held(1)).toMatchObject({ total: 2, matched: 1, keys: ['a/y'] });
  });

  it('[W16] sorts numbers by their digits, dates by time, and what is absent last both ways', async () => {
    const { resource, client, quiet } = start();
    const counts = ['9007199254740993', '9007199254740992', '10', '9', '-3', undefined];
    counts.forEach((count, n) => {
      resource.put({ namespace: 'a', name: `w${n}`, spec: count && `{"count":${count}}` });
    });
    client.subscribe(table({ sort: { column: 'Count' } }));
    client.subscribe(table({ sort: { column: 'Count', descending: true } }));
    await quiet();
    const cells = (id: number) => shownRows(client.model.held(id)).map((row) => row?.cells[0]);
    expect(cells(1)).toEqual(['-3', '9', '10', '9007199254740992', '9007199254740993', null]);
    expect(cells(2)).toEqual(['9007199254740993', '9007199254740992', '10', '9', '-3', null]);
    resource.put({ namespace: 'a', name: 'w3', spec: '{"count":11}' });
    await quiet();
    expect(cells(1)).toEqual(['-3', '10', '11', '9007199254740992', '9007199254740993', null]);
  });

  it('[W16] refuses a column that is not there, and names those that are', () => {
    const { client } = start();
    client.subscribe(table({ sort: { column: 'Cuont' } }));
    expect(client.model.held(1).fault).toMatchObject({ code: 'unknown-column' });
    expect(client.model.held(1).fault?.remedy).toContain('Count');
  });

  it('[W17] keeps an anchored window at its key wherever that moves, and falls back to the offset', async () => {
    const { resource, client, quiet } = start();
    for (const name of ['c', 'd', 'e', 'f']) resource.put({ namespace: 'n', name });
    client.subscribe(table({ window: { offset: 1, anchor: 'n/d', length: 2 } }));
    expect(client.model.held(1)).toMatchObject({ offset: 1, keys: ['n/d', 'n/e'] });
    resource.put({ namespace: 'n', name: 'a' });
    resource.put({ namespace: 'n', name: 'b' });
    await quiet();
    expect(client.model.held(1)).toMatchObject({ offset: 3, keys: ['n/d', 'n/e'], matched: 6 });
    resource.remove('n', 'd');
    await quiet();
    expect(client.model.held(1)).toMatchObject({ offset: 1, keys: ['n/b', 'n/c'], matched: 5 });
  });

  it('[W17] never shows a window past the last page', async () => {
    const { resource, client, quiet } = start();
    for (const name of ['a', 'b', 'c', 'd']) resource.put({ namespace: 'n', name });
    client.subscribe(table({ window: { offset: 900, length: 3 } }));
    expect(client.model.held(1)).toMatchObject({ offset: 1, keys: ['n/b', 'n/c', 'n/d'] });
    resource.remove('n', 'a');
    await quiet();
    expect(client.model.held(1)).toMatchObject({ offset: 0, matched: 3 });
  });

  it('[W19] is partial while the list is not whole and the order is not the one it comes in', async () => {
    const { resource, client, quiet } = start();
    resource.setFreshness({ kind: 'syncing', received: 1, expected: 3 });
    resource.put({ namespace: 'a', name: 'x' }, { initial: true });
    client.subscribe(table({ sort: { column: 'name' } }));
    client.subscribe(table());
    expect(client.model.held(1).partial).toBe(true);
    expect(client.model.held(2).partial).toBe(false);
    resource.put({ namespace: 'a', name: 'y' }, { initial: true });
    resource.synced();
    resource.setFreshness({ kind: 'live' });
    await quiet();
    expect(client.model.held(1)).toMatchObject({ partial: false, freshness: { kind: 'live' } });
    expect(client.model.held(1).keys).toEqual(['a/x', 'a/y']);
  });

  it('[W20] answers a moved window with another stream and its snapshot, and closes the one left', () => {
    const { resource, client, fanout } = start();
    for (const name of ['a', 'b', 'c']) resource.put({ namespace: 'n', name });
    client.subscribe(table({ window: { offset: 0, length: 1 } }));
    const first = client.model.held(1).stream;
    client.send({ type: 'window', id: 1, window: { offset: 1, length: 2 } });
    expect(client.model.held(1)).toMatchObject({ offset: 1, keys: ['n/b', 'n/c'] });
    expect(client.model.held(1).stream).not.toBe(first);
    expect(fanout.stats().streams).toBe(1);
    const frames = client.frames.length;
    client.send({ type: 'window', id: 1, window: { offset: 1, length: 2 } });
    expect(client.frames.length).toBe(frames + 1);
    expect(client.model.received.at(-1)).toMatchObject({ type: 'attached', resumed: true });
  });

  it('[W21] says when a row was last seen to change, and nothing of what was there before', async () => {
    const { resource, client, clock, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' }, { initial: true });
    client.subscribe(table({ sort: { column: 'changed', descending: true } }));
    expect(client.model.held(1).rows.get('a/x')).not.toHaveProperty('changed');
    await clock.advance(5000);
    resource.put({ namespace: 'a', name: 'y' });
    await quiet();
    expect(client.model.held(1).keys).toEqual(['a/y', 'a/x']);
    expect(client.model.held(1).rows.get('a/y')?.changed).toBe('2026-11-22T14:00:05.000Z');
  });

  it('[W22] starts a new epoch with a reset when the columns change', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x', spec: '{"count":1,"tier":"t"}' });
    client.subscribe(table({ sort: { column: 'Count' } }));
    const epoch = client.model.held(1).position?.epoch;
    resource.setColumns(fakeColumns.slice(1));
    await quiet();
    const held = client.model.held(1);
    expect(held).toMatchObject({ resets: 1, columns: [{ name: 'Tier' }, { name: 'Since' }] });
    expect(held.rows.get('a/x')?.cells).toEqual(['t', null]);
    expect(held.position?.epoch).not.toBe(epoch);
  });

  it('[W11] tells the freshness of its rows in the stream itself', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(table());
    const fault = { code: 'network', detail: 'connection refused' };
    const since = '2026-11-22T14:00:00.000Z';
    resource.setFreshness({ kind: 'stale', since, fault });
    await quiet();
    expect(client.model.held(1).freshness).toEqual({ kind: 'stale', since, fault });
    resource.setFreshness({ kind: 'live' });
    await quiet();
    expect(client.model.held(1).freshness).toEqual({ kind: 'live' });
  });

  it('[W9] shows what a declared reset leaves, and keeps rows that are the same', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' });
    resource.put({ namespace: 'a', name: 'y' });
    client.subscribe(table());
    resource.reset([
      { namespace: 'a', name: 'y' },
      { namespace: 'a', name: 'z' },
    ]);
    await quiet();
    expect(client.model.held(1)).toMatchObject({ total: 2, keys: ['a/y', 'a/z'] });
  });

  it('shows an object that cannot be read as such, and the others as they are', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(table());
    resource.put({ namespace: 'a', name: 'x', spec: '{"count":1}' });
    const parse = () => {
      throw new SyntaxError('broken');
    };
    resource.set({ ...resource.put({ namespace: 'a', name: 'y' }), parse });
    await quiet();
    expect(shownRows(client.model.held(1))).toMatchObject([
      { key: 'a/x', cells: ['1', null, null] },
      { key: 'a/y', cells: [null, null, null], health: { status: 'unknown' } },
    ]);
  });

  it('keeps to a namespace: others count neither in matched nor in total', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' });
    resource.put({ namespace: 'b', name: 'x' });
    client.subscribe(table({ namespace: 'b' }));
    resource.put({ namespace: 'a', name: 'y' });
    resource.put({ namespace: 'b', name: 'y' });
    await quiet();
    expect(client.model.held(1)).toMatchObject({ total: 2, matched: 2, keys: ['b/x', 'b/y'] });
  });
});
