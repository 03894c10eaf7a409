import { join } from 'node:path';
import { createApiServer } from './apiserver.ts';
import type { ApiServer } from './apiserver.ts';
import type { Binaries } from './binaries.ts';
import { startControllerManager, startScheduler } from './controllers.ts';
import { createCredentials } from './credentials.ts';
import { startEtcd } from './etcd.ts';
import { startKwok } from './kwok.ts';
import { freePorts } from './ports.ts';
import type { Processes } from './processes.ts';
import { startRollouts } from './rollouts.ts';
import type { Ports, Run } from './run.ts';
import { hasProgram } from './run.ts';

export interface BringUp {
  readonly name: string;
  /** etcd and kube-apiserver alone. */
  readonly bare: boolean;
  readonly runDir: string;
  readonly kubeconfig: string;
  readonly binaries: Binaries;
  readonly processes: Processes;
  readonly signal: AbortSignal;
  readonly report: (text: string) => void;
}

export interface BroughtUp {
  readonly api: ApiServer;
  /** The administrator's bearer token. */
  readonly token: string;
}

async function choosePorts(): Promise<Ports> {
  // One choice for all: ports that are chosen apart could be the same.
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = await freePorts(8);
  return {
    etcd: a,
    etcdPeer: b,
    'kube-apiserver': c,
    'kube-controller-manager': d,
    'kube-scheduler': e,
    kwok: f,
    rolloutsHealth: g,
    rolloutsMetrics: h,
  };
}

/**
 * Starts a whole control plane, or the bare one, and returns when everything is ready. What the binaries lack is left
 * out. Rejects at the first failure; ending what had been started is the caller's part.
 */
export async function bringUp(inputs: BringUp): Promise<BroughtUp> {
  const run: Run = {
    name: inputs.name,
    dir: inputs.runDir,
    binaries: inputs.binaries,
    processes: inputs.processes,
    credentials: await createCredentials(join(inputs.runDir, 'credentials')),
    ports: await choosePorts(),
    signal: inputs.signal,
    report: inputs.report,
  };
  const api = createApiServer(run);
  await startEtcd(run);
  await api.start();
  await api.writeKubeconfig('admin', inputs.kubeconfig);
  const broughtUp = { api, token: run.credentials.tokens.admin };
  if (inputs.bare) return broughtUp;
  await Promise.all([
    hasProgram(run, 'kube-controller-manager') && startControllerManager(run, api),
    hasProgram(run, 'kube-scheduler') && startScheduler(run, api),
    hasProgram(run, 'kwok') && startKwok(run, api),
    hasProgram(run, 'rollouts-controller') && startRollouts(run, api),
  ]);
  return broughtUp;
}
