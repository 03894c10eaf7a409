import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownRows } from './testing/client-model.ts';
import { fakeColumns, widgets, type FakeResource } from './testing/fake-catalog.ts';
import { createHarness, type Harness, type Request, type TestClient } from './testing/harness.ts';

type TableRequest = Extract<Request, { view: 'table' }>;

const name = fc.integer({ min: 0, max: 11 }).map((n) => `w${n}`);
const namespace = fc.constantFrom('a', 'a-b', 'b');
const spec = fc.oneof(
  fc.constant('{}'),
  fc.integer({ min: -3, max: 12 }).map((count) => `{"count":${count}}`),
);
const window = fc.record(
  {
    offset: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 1, max: 8 }),
    anchor: fc.tuple(namespace, name).map(([ns, n]) => `${ns}/${n}`),
  },
  { requiredKeys: ['offset', 'length'] },
);

/** What may happen; anything in any order. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('put'), namespace, name, spec, on: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove'), namespace, name }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 0, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('move'), id: fc.integer({ min: 1, max: 3 }), window }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ do: 'freeze' }, { do: 'choke' }, { do: 'thaw' }, { do: 'cut' }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'reset' }, { do: 'columns' }, { do: 'leave' }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const requests: TableRequest[] = [
  { view: 'table', resource: widgets, window: { offset: 0, length: 5 } },
  {
    view: 'table',
    resource: widgets,
    labelSelector: 'on=true',
    sort: { column: 'Count', descending: true },
    window: { offset: 2, length: 4 },
  },
  {
    view: 'table',
    resource: widgets,
    namespace: 'a',
    sort: { column: 'name' },
    window: { offset: 0, length: 6 },
  },
];

/** The answer by the most naive means: everything filtered, sorted, cut. */
function answer(resource: FakeResource, request: TableRequest) {
  const text = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const scope = [...resource.objects.values()].filter(
    (handle) => request.namespace === undefined || handle.namespace === request.namespace,
  );
  const matching = scope.filter(
    ({ labels }) => request.labelSelector === undefined || labels['on'] === 'true',
  );
  const count = (handle: (typeof scope)[number]) => {
    const { spec: fields } = handle.parse() as { spec: { count?: number } };
    return fields.count;
  };
  matching.sort((a, b) => {
    const place = text(a.namespace, b.namespace) || text(a.name, b.name);
    if (request.sort?.column === 'name') return text(a.name, b.name) || place;
    if (request.sort?.column !== 'Count') return place;
    const [x, y] = [count(a), count(b)];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined) || place;
    return y - x || place;
  });
  const { offset, length, anchor } = request.window;
  const anchored = matching.findIndex(({ key }) => key === anchor);
  const start = anchored >= 0 ? anchored : Math.min(offset, Math.max(0, matching.length - length));
  return {
    total: scope.length,
    matched: matching.length,
    offset: start,
    rows: matching
      .slice(start, start + length)
      .map(({ key, resourceVersion }) => ({ key, resourceVersion })),
  };
}

function shown(client: TestClient, id: number) {
  const held = client.model.held(id);
  const { total, matched, offset } = held;
  const rows = shownRows(held).map((row) => ({
    key: row?.key,
    resourceVersion: row?.resourceVersion,
  }));
  return { total, matched, offset, rows };
}

interface Scene {
  readonly harness: Harness;
  readonly resource: FakeResource;
  readonly client: TestClient;
  readonly asked: TableRequest[];
  connected: boolean;
}

async function act(scene: Scene, one: Step): Promise<void> {
  const { harness, resource, client, asked } = scene;
  switch (one.do) {
    case 'put': {
      const { namespace: ns, name: n, spec: fields } = one;
      resource.put({ namespace: ns, name: n, labels: { on: String(one.on) }, spec: fields });
      return;
    }
    case 'remove':
      return resource.remove(one.namespace, one.name);
    case 'pass':
      return harness.clock.advance(one.ms);
    case 'move': {
      const { id } = one;
      const request = asked[id - 1];
      if (request === undefined || !scene.connected) return;
      const next = { ...request, window: one.window };
      asked[id - 1] = next;
      return client.send({ type: 'window', id, window: next.window });
    }
    case 'freeze':
      return client.freeze();
    case 'choke':
      return client.choke();
    case 'thaw':
      return client.thaw();
    case 'cut':
      if (scene.connected) client.cut();
      else client.reconnect();
      scene.connected = !scene.connected;
      return;
    case 'reset':
      return resource.reset([
        { namespace: 'a', name: 'w1' },
        { namespace: 'b', name: 'w2' },
      ]);
    case 'columns':
      return resource.setColumns([...fakeColumns]);
    case 'leave':
      return harness.clock.advance(31_000);
  }
}

describe('a client that applies frames', () => {
  const rings = [undefined, { frames: 2, bytes: 1e6 }, { frames: 100, bytes: 400 }];

  it.each(rings)(
    '[W9] always ends with what the query answers, whatever happened to objects, windows and socket (ring %o)',
    async (ring) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
          const harness = createHarness(ring === undefined ? {} : { ring });
          const resource = harness.catalog.add(widgets);
          const client = harness.connect();
          const scene: Scene = { harness, resource, client, asked: [...requests], connected: true };
          for (const request of requests) client.subscribe(request);
          for (const one of steps) await act(scene, one);
          client.thaw();
          if (!scene.connected) client.reconnect();
          await harness.quiet();
          for (const [index, request] of scene.asked.entries()) {
            expect(shown(client, index + 1)).toEqual(answer(resource, request));
          }
        }),
        { seed: 20_261_122, numRuns: 150 },
      );
    },
    60_000,
  );

  it.each(rings)(
    '[W25] always ends with every change of the log, in order, whatever happened to its socket (ring %o)',
    async (ring) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
          const harness = createHarness(ring === undefined ? {} : { ring });
          const resource = harness.catalog.add(widgets);
          const client = harness.connect();
          const scene: Scene = { harness, resource, client, asked: [], connected: true };
          client.subscribe({ view: 'changes', resources: [widgets], backlog: 1000 });
          for (const one of steps) await act(scene, one);
          client.thaw();
          if (!scene.connected) client.reconnect();
          await harness.quiet();
          const logged = harness.changes.query({ limit: 1000 }).items.toReversed();
          expect(client.model.held(1).changes).toEqual(logged);
        }),
        { seed: 7, numRuns: 100 },
      );
    },
    60_000,
  );
});
