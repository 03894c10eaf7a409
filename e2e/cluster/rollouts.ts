import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiServer } from './apiserver.ts';
import { programEnvironment } from './processes.ts';
import { answersOk, waitUntil } from './readiness.ts';
import type { Run } from './run.ts';

/**
 * Installs the custom resources of Argo Rollouts and starts its controller; waits until it is healthy.
 * The CRDs are applied on the server's side: they are too large for the annotation that client-side apply writes.
 */
export async function startRollouts(run: Run, api: ApiServer): Promise<void> {
  const kubeconfig = await api.writeKubeconfig(
    'rollouts-controller',
    join(run.dir, 'rollouts-controller.kubeconfig'),
  );
  const kubectl = async (...args: string[]): Promise<unknown> =>
    promisify(execFile)(
      join(run.binaries.dir, 'kubectl'),
      [`--kubeconfig=${kubeconfig}`, ...args],
      { env: programEnvironment(run.dir), signal: run.signal, killSignal: 'SIGKILL' },
    );
  const crds = join(run.binaries.dir, 'rollouts-crds');
  await kubectl('apply', '--server-side', `--filename=${crds}`);
  await kubectl('wait', '--for=condition=Established', '--timeout=30s', `--filename=${crds}`);
  const program = await run.processes.start('rollouts-controller', run.ports.rolloutsHealth, [
    `--kubeconfig=${kubeconfig}`,
    `--metricsPort=${String(run.ports.rolloutsMetrics)}`,
    `--healthzPort=${String(run.ports.rolloutsHealth)}`,
    '--leader-elect=false',
  ]);
  await waitUntil({
    what: 'rollouts-controller',
    program,
    signal: run.signal,
    probe: async () =>
      answersOk(`http://127.0.0.1:${String(run.ports.rolloutsHealth)}/healthz`, run.signal),
  });
  run.report('rollouts-controller is ready, with its custom resources');
}
