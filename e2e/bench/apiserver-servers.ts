import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startControlPlane } from '../cluster/index.ts';
import { readState, statePaths } from '../cluster/state.ts';
import type { Target } from './apiserver-tasks.ts';

/** A server under test, in processes of its own. */
export interface ServerUnderTest {
  readonly target: Target;
  /** Resident memory of each of its processes now and at its highest, in MB. */
  memory(): Promise<readonly Memory[]>;
  stop(): Promise<void>;
}

export interface Memory {
  readonly program: string;
  readonly mb: number;
  readonly peakMb: number;
}

/** Starts a Node program with the embedded API server; `startMs` is from its spawn to its first answer. */
export async function startEmbedded(): Promise<ServerUnderTest & { readonly startMs: number }> {
  const begun = performance.now();
  const program = path.join(import.meta.dirname, 'apiserver-embedded.ts');
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const line = await Promise.race([once(child.stdout, 'data'), exited.then(() => undefined)]);
  if (line === undefined) throw new Error('The embedded server has ended before it listened.');
  const [url = '', token = ''] = String(line[0]).trim().split(' ');
  const first = await fetch(`${url}/apis`, { headers: { authorization: `Bearer ${token}` } });
  await first.text();
  const startMs = performance.now() - begun;
  if (!first.ok) throw new Error(`The embedded server answered ${first.status}.`);
  return {
    startMs,
    target: { url, token },
    memory: async () => [await memoryOf('embedded', child.pid ?? 0)],
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** The peer: kube-apiserver and etcd, without controllers. */
export async function startPeer(): Promise<ServerUnderTest> {
  const plane = await startControlPlane({ bare: true });
  const kubeconfig = await readFile(plane.kubeconfig, 'utf8');
  const authority = /certificate-authority-data: (\S+)/.exec(kubeconfig)?.[1];
  if (authority === undefined) throw new Error('The kubeconfig names no authority.');
  const state = await readState(statePaths(plane.name));
  const programs = state?.programs ?? [];
  return {
    target: {
      url: plane.server,
      token: plane.token,
      authority: Buffer.from(authority, 'base64').toString(),
    },
    memory: () =>
      Promise.all(programs.map(({ program, process: { pid } }) => memoryOf(program, pid))),
    stop: () => plane.stop(),
  };
}

/** proc_pid_status(5): VmRSS and VmHWM, in kB. */
async function memoryOf(program: string, pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mb = (field: string): number =>
    Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1000;
  return { program, mb: mb('VmRSS'), peakMb: mb('VmHWM') };
}
