import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findControlPlane } from '../cluster/index.ts';
import { installKinds } from './kubectl/index.ts';
import type { ClientProgram } from './program.ts';
import { runClient } from './program.ts';
import { script } from './script.ts';
import type { ClientServer, Servers } from './servers.ts';
import { startServers, throughProxy } from './servers.ts';
import { runScript } from './transcript.ts';

/** A client library and what of it is compared. */
export interface TestedClient {
  /** Parts of its program, besides `outage`, which every one has. */
  readonly parts: readonly string[];
  /** The program, or why there is none. */
  readonly provide: () => Promise<ClientProgram | { readonly missing: string }>;
}

/** Tests that a client library is told the same by both servers, part by part. */
export async function testClient(name: string, client: TestedClient): Promise<void> {
  const plane = await findControlPlane();
  const found = 'missing' in plane ? plane : await client.provide();
  const why = 'missing' in found ? `: ${found.missing}` : '';
  // A suite that is skipped is collected all the same, so that its tests are counted; it never runs.
  const program = 'missing' in found ? { command: '', args: [] } : found;

  describe.skipIf('missing' in found)(`${name} against both servers${why}`, () => {
    testParts(program, client.parts);
  });
}

function testParts(program: ClientProgram, parts: readonly string[]): void {
  let servers: Servers;
  beforeAll(async () => {
    servers = await startServers();
    const { kubectl, embedded, real } = servers;
    await Promise.all([embedded, real].map((each) => runScript(kubectl, each, installKinds)));
  });
  afterAll(async () => {
    await servers?.stop();
  });

  /** Each part in a namespace of its own. */
  async function run(server: ClientServer, part: string): Promise<string> {
    await runScript(servers.kubectl, server, script(part));
    return runClient(program, { server, namespace: part, part });
  }

  test.for(parts)('%s', async (part) => {
    const [embedded, real] = await Promise.all([
      run(servers.embedded, part),
      run(servers.real, part),
    ]);
    expect(embedded).toBe(real);
  });

  test('outage', async () => {
    const [embedded, real] = await Promise.all([
      runOutage(servers, servers.embedded, program),
      runOutage(servers, servers.real, program),
    ]);
    expect(embedded).toContain('after-2');
    expect(embedded).toBe(real);
  });
}

/** The connection is cut; then the server is restarted, and tells an old watch that its version has expired. */
async function runOutage(
  servers: Servers,
  server: ClientServer,
  program: ClientProgram,
): Promise<string> {
  await runScript(servers.kubectl, server, script('outage'));
  const { server: behind, proxy } = await throughProxy(server);
  try {
    return await runClient(program, {
      server: behind,
      namespace: 'outage',
      part: 'outage',
      outages: [() => Promise.resolve(proxy.cut()), () => servers.restart(server)],
    });
  } finally {
    await proxy.close();
  }
}
