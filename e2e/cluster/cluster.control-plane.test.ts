import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ProcessIdentity } from './identity.ts';
import { isAlive } from './identity.ts';
import { findControlPlane, startControlPlane } from './index.ts';
import type { ControlPlane } from './index.ts';
import { readState, statePaths } from './state.ts';

const found = await findControlPlane();
const why = 'missing' in found ? `: ${found.missing}` : '';

async function kubectl(plane: ControlPlane, ...args: string[]): Promise<string> {
  const all = [`--kubeconfig=${plane.kubeconfig}`, '--request-timeout=2s', ...args];
  return (await promisify(execFile)(plane.kubectl, all)).stdout;
}

/** Supervisor and programs of a cluster, as its state names them. */
async function processesOf(name: string): Promise<readonly ProcessIdentity[]> {
  const state = await readState(statePaths(name));
  if (state === undefined) throw new Error(`there is no state of ${name}`);
  return [state.supervisor, ...state.programs.map(({ process }) => process)];
}

async function noneAlive(processes: readonly ProcessIdentity[]): Promise<void> {
  await expect
    .poll(async () => (await Promise.all(processes.map(isAlive))).includes(true), {
      timeout: 10_000,
    })
    .toBe(false);
}

describe.skipIf('missing' in found)(`a bare control plane${why}`, () => {
  test('serves kubectl, and leaves neither process nor file behind', async () => {
    const plane = await startControlPlane({ bare: true });
    const processes = await processesOf(plane.name);
    expect(processes).toHaveLength(3);
    expect(await kubectl(plane, 'get', 'ns', '--output=name')).toContain('namespace/default');
    expect(await kubectl(plane, 'config', 'current-context')).toBe(`${plane.context}\n`);
    await plane.stop();
    expect(await Promise.all(processes.map(isAlive))).toEqual([false, false, false]);
    expect(existsSync(statePaths(plane.name).dir)).toBe(false);
  });

  test('its API server comes back on the same port with its data', async () => {
    const plane = await startControlPlane({ bare: true });
    await kubectl(plane, 'create', 'namespace', 'kept');
    await plane.stopApiServer();
    await expect(kubectl(plane, 'get', 'ns')).rejects.toThrow('refused');
    await expect(plane.stopApiServer()).rejects.toThrow('kube-apiserver does not run');
    await plane.startApiServer();
    await expect(plane.startApiServer()).rejects.toThrow('kube-apiserver runs already');
    expect(await kubectl(plane, 'get', 'ns', '--output=name')).toContain('namespace/kept');
    await plane.stop();
  });

  test('a frozen API server is silent, and thaws', async () => {
    const plane = await startControlPlane({ bare: true });
    await plane.freezeApiServer();
    await expect(kubectl(plane, 'get', '--raw=/version')).rejects.toThrow(/timeout|deadline/i);
    await plane.thawApiServer();
    expect(await kubectl(plane, 'get', '--raw=/version')).toContain('gitVersion');
    await plane.freezeApiServer();
    await plane.stop();
  });

  test('two of a name are refused; of two names they run side by side', async () => {
    const [one, two] = await Promise.all([
      startControlPlane({ bare: true }),
      startControlPlane({ bare: true }),
    ]);
    const again = startControlPlane({ bare: true, name: one.name });
    await expect(again).rejects.toThrow(`a cluster named "${one.name}" runs already`);
    expect(one.server).not.toBe(two.server);
    await Promise.all([one.stop(), two.stop()]);
  });

  test('a start that is aborted leaves nothing', async () => {
    const aborting = new AbortController();
    const name = `test-${String(process.pid)}-aborted`;
    const seen = Promise.withResolvers<readonly ProcessIdentity[]>();
    const start = startControlPlane({
      bare: true,
      name,
      signal: aborting.signal,
      onProgress: () => {
        seen.resolve(processesOf(name));
      },
    });
    const refused = start.catch((error: unknown) => error);
    const processes = await seen.promise;
    aborting.abort(new Error('enough'));
    expect(await refused).toMatchObject({ message: 'enough' });
    expect((await Promise.all(processes.map(isAlive))).includes(true)).toBe(false);
    expect(existsSync(statePaths(name).dir)).toBe(false);
  });

  test('a supervisor that is killed takes its programs with it', async () => {
    const plane = await startControlPlane({ bare: true });
    const processes = await processesOf(plane.name);
    process.kill(processes[0]?.pid ?? 0, 'SIGKILL');
    await noneAlive(processes);
    await expect(plane.stopApiServer()).rejects.toThrow('has ended');
    await plane.stop();
    // The next start under that name finds no obstacle in what is left.
    const next = await startControlPlane({ bare: true, name: plane.name });
    await next.stop();
  });

  test('a test process that is killed takes its control plane with it', async () => {
    const script = `
      const { startControlPlane } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
      console.log((await startControlPlane({ bare: true })).name);
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const name = String((await once(owner.stdout, 'data'))[0]).trim();
    const processes = await processesOf(name);
    owner.kill('SIGKILL');
    await noneAlive(processes);
    expect(existsSync(statePaths(name).dir)).toBe(false);
  });
});
