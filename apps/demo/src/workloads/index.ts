import type { Clock, InformerFactory, Log } from '@kindscope/informer';
import { conditionOf, countAt, isMet } from '@kindscope/kube';
import type { Client } from '../client.ts';
import { createClusterCache, type ClusterCache } from './cluster-view.ts';
import { deploymentController } from './deployment/deployment.ts';
import { createRecorder } from './events/recorder.ts';
import { cronJobController } from './job/cron-job.ts';
import { jobController } from './job/job.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { nodeHeartbeat } from './kubelet/node.ts';
import { replicaSetController } from './replica-set/replica-set.ts';
import { runWorkload } from './run-workload.ts';
import { scheduler } from './scheduler/scheduler.ts';
import type { WorkloadController } from './workload-controller.ts';

export interface WorkloadsDeps {
  readonly factory: InformerFactory;
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  readonly seed: number;
}

export interface RunningWorkloads {
  /** Resolves when every Deployment that was there at first runs; never, if aborted before. */
  readonly settled: Promise<void>;
  /** Resolves after the abort; rejects with a bug. */
  readonly done: Promise<void>;
}

/** Runs the built-in controllers, scheduler and kubelets of the demo until the signal aborts. */
export function runWorkloads(deps: WorkloadsDeps, signal: AbortSignal): RunningWorkloads {
  const cache = createClusterCache(deps.factory, [
    'cronjobs',
    'deployments',
    'jobs',
    'leases',
    'nodes',
    'pods',
    'replicasets',
  ]);
  const recorder = createRecorder(deps);
  let beginning = true;
  const isBeginning = (): boolean => beginning;
  const settled = settle(cache).then(() => {
    beginning = false;
  });
  const run = <Memory>(controller: WorkloadController<Memory>): Promise<void> =>
    runWorkload(controller, { ...deps, cache, recorder, isBeginning }, signal);
  const running = Promise.all([
    run(deploymentController),
    run(replicaSetController),
    run(scheduler),
    run(kubelet),
    run(nodeHeartbeat),
    run(jobController),
    run(cronJobController),
  ]);
  const done = running.then(() => undefined).finally(() => cache.release());
  return { settled, done };
}

/** Every Deployment says of its last generation that all of it is available. */
async function settle(cache: ClusterCache): Promise<void> {
  await Promise.all([cache.synced('deployments'), cache.synced('nodes')]);
  await new Promise<void>((resolve) => {
    const stops = [cache.onChange('deployments', look), cache.onChange('nodes', look)];
    function look(): void {
      if (!isSettled(cache)) return;
      for (const stop of stops) stop();
      resolve();
    }
    look();
  });
}

function isSettled(cache: ClusterCache): boolean {
  for (const node of cache.all('nodes')) if (!isMet(node, 'Ready')) return false;
  for (const deployment of cache.all('deployments')) {
    const isSeen =
      countAt(deployment, 'status', 'observedGeneration') ===
      countAt(deployment, 'metadata', 'generation');
    const reason = conditionOf(deployment, 'Progressing')?.reason;
    if (!isSeen || reason !== 'NewReplicaSetAvailable') return false;
  }
  return true;
}
