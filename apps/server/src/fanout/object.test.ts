import { describe, expect, it } from 'vitest';
import { widgets } from './testing/fake-catalog.ts';
import { createHarness, type Request } from './testing/harness.ts';

const request: Request = { view: 'object', resource: widgets, namespace: 'a', name: 'x' };

function start() {
  const harness = createHarness();
  const resource = harness.catalog.add(widgets);
  const client = harness.connect();
  return { ...harness, resource, client };
}

describe('the object view', () => {
  it('[W23] sends the object whole, its numbers digit for digit', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x', spec: '{"big":1795351674012986412,"dec":1.50}' });
    client.subscribe(request);
    expect(client.frames.at(-2)?.toString()).toContain('{"big":1795351674012986412,"dec":1.50}');
    resource.put({ namespace: 'a', name: 'x', spec: '{"big":1795351674012986413}' });
    await quiet();
    expect(client.frames.at(-1)?.toString()).toContain('{"big":1795351674012986413}');
  });

  it('[W23] is null when there is none, comes back when there is one again', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(request);
    expect(client.model.held(1).object).toBeNull();
    resource.put({ namespace: 'a', name: 'x' });
    await quiet();
    expect(client.model.held(1).object).toMatchObject({ metadata: { name: 'x' } });
    resource.remove('a', 'x');
    await quiet();
    expect(client.model.held(1).object).toBeNull();
  });

  it('[W23] does not call an object missing before the list is whole', async () => {
    const { resource, client, quiet } = start();
    resource.setFreshness({ kind: 'syncing', received: 0 });
    client.subscribe(request);
    expect(client.model.held(1)).toMatchObject({ snapshots: 1, object: undefined });
    resource.synced();
    resource.setFreshness({ kind: 'live' });
    await quiet();
    expect(client.model.held(1).object).toBeNull();
  });

  it('[W23] keeps what was known while a reset is under way', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' });
    client.subscribe(request);
    resource.reset([]);
    await quiet();
    expect(client.model.held(1).object).toBeNull();
    const objects = client.model.received.filter(({ type }) => type === 'object');
    expect(objects).toHaveLength(2);
  });

  it('sends nothing for what happens to other objects', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' });
    client.subscribe(request);
    const frames = client.frames.length;
    resource.put({ namespace: 'a', name: 'y' });
    resource.put({ namespace: 'b', name: 'x' });
    await quiet();
    expect(client.frames.length).toBe(frames);
  });
});
