import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findControlPlane } from '../cluster/index.ts';
import type { Comparison } from './comparison.ts';
import { compare } from './comparison.ts';
import { definitions, installKinds, scripts } from './kubectl/index.ts';
import type { Script } from './script.ts';
import type { Servers } from './servers.ts';
import { startServers } from './servers.ts';
import { runScript } from './transcript.ts';

const found = await findControlPlane();
const named = (script: Script): [string, Script] => [script.name, script];
const why = 'missing' in found ? `: ${found.missing}` : '';

describe.skipIf('missing' in found)(`kubectl against both servers${why}`, () => {
  let servers: Servers;
  let installed: Comparison;

  async function runOnBoth(script: Script): Promise<Comparison> {
    const { kubectl, embedded, real } = servers;
    const [ours, theirs] = await Promise.all([
      runScript(kubectl, embedded, script),
      runScript(kubectl, real, script),
    ]);
    return compare(ours, theirs);
  }

  beforeAll(async () => {
    servers = await startServers();
    installed = await runOnBoth(installKinds);
  });
  afterAll(async () => {
    await servers?.stop();
  });

  test('install the kinds', () => {
    expect(installed.embedded).toBe(installed.real);
  });

  test.for(scripts.map(named))('%s', { concurrent: true }, async ([, script], { expect }) => {
    const compared = await runOnBoth(script);
    expect(compared.embedded).toBe(compared.real);
  });

  // These change what the cluster serves, which others ask for.
  test.for(definitions.map(named))('%s', async ([, script]) => {
    const compared = await runOnBoth(script);
    expect(compared.embedded).toBe(compared.real);
  });
});
