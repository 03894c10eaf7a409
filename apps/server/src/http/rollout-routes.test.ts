import type { Rollout, RolloutComparison } from '@kindscope/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { crdPath, widget, widgetCrd, widgetPath } from '../testing/live-cluster.ts';
import { startTestServer, token, type TestServer } from '../testing/test-server.ts';

const objects = '/api/v1/resources/example.com/v1/widgets/objects';
const condition = (status: string) => [{ type: 'Ready', status, reason: 'Because' }];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      const status = { conditions: condition('True') };
      await send('POST', widgetPath('default'), { ...widget('web', { size: 1 }), status });
    },
  });
});
afterAll(() => server.close());

async function get(path: string, status = 200): Promise<unknown> {
  const response = await server.app.inject({
    url: path,
    headers: { host: '127.0.0.1:7373', authorization: `Bearer ${token}` },
  });
  if (response.statusCode !== status) throw new Error(`${path}: ${response.body}`);
  return response.json();
}

describe('the rollout of an object over HTTP', { timeout: 30_000 }, () => {
  it('is whole when all kinds have answered', async () => {
    const rollout = (await get(`${objects}/default/web/rollout`)) as Rollout;
    expect(rollout).toMatchObject({
      root: rollout.nodes[0]?.uid,
      summary: { state: { kind: 'healthy' } },
      nodes: [{ kind: 'Widget', name: 'web', health: { status: 'healthy' } }],
      removed: [],
      marks: [],
      findings: [],
      lacks: [],
    });
  });

  it('is a problem where there is none', async () => {
    expect(await get(`${objects}/default/nothing/rollout`, 404)).toMatchObject({
      code: 'unknown-object',
      detail: 'There is no widgets.example.com default/nothing.',
    });
    expect(await get(`${objects}/_/web/rollout`, 400)).toMatchObject({ code: 'namespace-needed' });
    await get(`${objects}/default/nothing/rollouts`, 404);
    await get(`${objects}/default/web/rollout?wait=soon`, 400);
  });

  it('is compared with the one before', async () => {
    const alone = (await get(`${objects}/default/web/rollouts`)) as RolloutComparison;
    expect(alone.runs).toMatchObject([{ outcome: 'healthy' }]);
    expect(alone.lacks).toEqual([
      'Of a rollout before this one nothing is known: nobody watched it.',
    ]);
    await server.cluster.send('PATCH', widgetPath('default', 'web'), { spec: { size: 2 } });
    await vi.waitFor(async () => {
      const compared = (await get(`${objects}/default/web/rollouts`)) as RolloutComparison;
      expect(compared.spec).toEqual([{ path: 'spec.size', before: 1, after: 2 }]);
      expect(compared.runs).toHaveLength(2);
      expect(compared.lacks).toEqual([]);
    }, 8000);
  });

  it('[W36] is among what is rolling while it is not healthy', async () => {
    const list = async () => ((await get('/api/v1/rollouts')) as { items: unknown[] }).items;
    const status = { conditions: condition('False') };
    await server.cluster.send('PATCH', widgetPath('default', 'web'), { status });
    await get(`${objects}/default/web/rollout`);
    await vi.waitFor(
      async () => expect(await list()).toMatchObject([{ kind: 'Widget', name: 'web' }]),
      8000,
    );
  });
});
