import { conditionOf, countAt, listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { deploymentController } from '../deployment/deployment.ts';
import { cronJobController } from '../job/cron-job.ts';
import { jobController } from '../job/job.ts';
import { kubelet } from '../kubelet/kubelet.ts';
import { nodeHeartbeat } from '../kubelet/node.ts';
import { workloadObjects } from '../objects.ts';
import { isActive, isReady } from '../pods.ts';
import { replicaSetController } from '../replica-set/replica-set.ts';
import { scheduler } from '../scheduler/scheduler.ts';
import { createWorld, type World } from './world.ts';

/** The demo's nodes and every controller, and nothing on them. */
export function createCluster(): World {
  const world = createWorld([
    nodeHeartbeat,
    deploymentController,
    replicaSetController,
    scheduler,
    kubelet,
    jobController,
    cronJobController,
  ]);
  for (const { resource, body } of workloadObjects()) {
    if (resource === 'nodes') world.put('nodes', body);
  }
  return world;
}

export const key = 't/web';

/** A Deployment called `web` of three replicas. */
export function webDeployment(spec: JsonObject = {}): JsonObject {
  return {
    metadata: { name: 'web', namespace: 't' },
    spec: {
      replicas: 3,
      progressDeadlineSeconds: 60,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      selector: { matchLabels: { app: 'web' } },
      template: webTemplate('1.0.0'),
      ...spec,
    },
  };
}

export function webTemplate(tag: string, cpu = '100m'): JsonObject {
  const container = {
    name: 'web',
    image: `registry.example/web:${tag}`,
    resources: { requests: { cpu } },
    readinessProbe: { httpGet: { path: '/', port: 8080 }, initialDelaySeconds: 1 },
  };
  return { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
}

export function deploymentIn({ view }: World): JsonObject {
  return view.get('deployments', key) ?? {};
}

/** `replicas, updated, ready, available, unavailable` of its status. */
export function countsOf(deployment: JsonObject): readonly number[] {
  return ['', 'updated', 'ready', 'available', 'unavailable'].map(
    (which) => countAt(deployment, 'status', which === '' ? 'replicas' : `${which}Replicas`) ?? 0,
  );
}

/** `True NewReplicaSetAvailable` */
export function judged(deployment: JsonObject, type: string): string {
  const condition = conditionOf(deployment, type);
  return condition === undefined ? '' : `${condition.status} ${condition.reason ?? ''}`;
}

export function activePods({ view }: World): readonly JsonObject[] {
  return [...view.all('pods')].filter(isActive);
}

export function readyPods(world: World): readonly JsonObject[] {
  return activePods(world).filter(isReady);
}

export function imageOf(pod: JsonObject): string {
  const [container] = listAt(pod, 'spec', 'containers');
  return stringAt(container, 'image')?.replace(/^.*:/, '') ?? '';
}

/** Why its first container waits: `ImagePullBackOff`. */
export function waitingReason(pod: JsonObject): string | undefined {
  const [status] = listAt(pod, 'status', 'containerStatuses');
  return stringAt(objectAt({ status }, 'status'), 'state', 'waiting', 'reason');
}

/** The messages of a reason, the ReplicaSets' hashes taken for their images. */
export function messages(world: World, reason: string): string[] {
  const sets = new Map(
    Array.from(world.view.all('replicasets'), (set) => {
      const template = objectAt(set, 'spec', 'template');
      return [stringAt(set, 'metadata', 'name') ?? '', imageOf(template)];
    }),
  );
  return world.events
    .filter((event) => event.reason === reason)
    .map(({ message }) => message.replaceAll(/web-[a-z0-9]+/g, (name) => sets.get(name) ?? name));
}
