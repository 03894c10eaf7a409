import type { RollingFrame } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { createHarness, type TestClient } from './testing/harness.ts';

const deployments = { group: 'apps', version: 'v1', resource: 'deployments' };

function start() {
  const harness = createHarness();
  const resource = harness.catalog.add(deployments);
  const client = harness.connect();
  const put = (name: string, ready: 'True' | 'False') => {
    const at = new Date(harness.clock.now()).toISOString();
    const condition = { type: 'Ready', status: ready, lastTransitionTime: at };
    return resource.put({
      namespace: 'a',
      name,
      created: at,
      status: JSON.stringify({ conditions: [condition] }),
    });
  };
  /** Until what is rolling has told, and its stream has flushed. */
  const pass = async () => {
    await harness.clock.advance(300);
    await harness.quiet();
  };
  return { ...harness, resource, client, put, pass };
}

/** Of the frames since the last `begin`, those of this view. */
function frames(client: TestClient): RollingFrame[] {
  const all = client.frames.map((frame) => JSON.parse(frame.toString()) as { type: string });
  const begin = all.findLastIndex(({ type }) => type === 'begin');
  return all.slice(begin).filter((frame): frame is RollingFrame => frame.type === 'rolling');
}

const said = ({ items, removed }: RollingFrame) => ({
  items: items.map(({ name, state }) => `${state.kind} ${name}`),
  removed,
});

describe('the rolling view', () => {
  it('[W36] begins with all that is rolling, the kinds that are looked at and what is lacking', () => {
    const { client, put } = start();
    put('x', 'False');
    client.subscribe({ view: 'rolling' });
    expect(frames(client)).toMatchObject([
      { items: [{ name: 'x', namespace: 'a' }], removed: [], kinds: [deployments], lacks: [] },
    ]);
    expect(client.frames.at(-1)?.toString()).toContain('"type":"end"');
  });

  it('[W36] sends items that differ, and uids of those that left, and nothing where nothing does', async () => {
    const { client, put, pass, resource } = start();
    const { uid } = put('x', 'False');
    client.subscribe({ view: 'rolling' });
    put('y', 'False');
    await pass();
    put('x', 'True');
    await pass();
    resource.remove('a', 'x');
    await pass();
    expect(frames(client).slice(1).map(said)).toEqual([
      { items: ['progressing y'], removed: [] },
      { items: ['healthy x'], removed: [] },
      { items: [], removed: [uid] },
    ]);
    const before = client.frames.length;
    await pass();
    expect(client.frames).toHaveLength(before);
  });

  it('is limited to a namespace where one is named', () => {
    const { client, put } = start();
    put('x', 'False');
    client.subscribe({ view: 'rolling', namespace: 'b' });
    expect(frames(client).flatMap(({ items }) => items)).toEqual([]);
  });

  it('is one stream for all who look, and gives its watches up after the last', async () => {
    const { catalog, clock, client, connect } = start();
    const other = connect();
    client.subscribe({ view: 'rolling' });
    other.subscribe({ view: 'rolling' });
    expect(catalog.leases).toBe(1);
    client.send({ type: 'unsubscribe', id: 1 });
    other.send({ type: 'unsubscribe', id: 1 });
    await clock.advance(40_000);
    expect(catalog.leases).toBe(0);
  });
});
