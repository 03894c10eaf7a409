import { conditionOf, conditionsOf, isMet } from '../conditions.ts';
import { countAt, listAt, property } from '../json-access.ts';
import type { JsonValue } from '../json.ts';
import { greatest } from '../rollout/object-reading.ts';
import type { SceneNode } from '../rollout/scene.ts';
import { isBroken } from './broken.ts';
import { patience } from './patience.ts';
import { isLivePod } from './pod-phase.ts';
import type { SceneIndex } from './scene-index.ts';
import { instantOf } from './wording.ts';

/**
 * Whether a pod is on its way to ready within the time that a start may take: since its last step
 * (placed, prepared, image pulled, container started) no longer than usual and than its own probes
 * allow; where nothing has gone wrong yet, no longer than its workload allows.
 */
export function isStarting(node: SceneNode, scene: SceneIndex): boolean {
  if (!isLivePod(node) || isMet(node.object, 'Ready')) {
    return false;
  }
  const age = scene.now - lastStep(node, scene);
  return (
    age < startAllowance(node) ||
    (isPulling(node, scene) && age < patience.long) ||
    (isFirstStart(node, scene) && age < workloadAllowance(node, scene))
  );
}

/** Whether its containers run, have never been restarted, and were never all ready. */
function isFirstStart(node: SceneNode, scene: SceneIndex): boolean {
  const containers = scene.containersOf(node);
  const started = greatest(containers.flatMap(({ running }) => running ?? []));
  const unready = instantOf(conditionOf(node.object, 'Ready')?.lastTransitionTime) ?? 0;
  return (
    started !== undefined &&
    // The kubelet says that it is not ready as it takes it up, and from then on says so since then.
    unready < started + patience.retry &&
    containers.every(({ restarts }) => restarts === 0) &&
    !isBroken(node, scene) &&
    !scene.isOld(node)
  );
}

/** Stands for none. Rule: kubernetes `deployment_util.go`, HasProgressDeadline. */
const noDeadline = 2 ** 31 - 1;

/** The deadline of its workload, which is nothing where that has given up. */
function workloadAllowance(node: SceneNode, scene: SceneIndex): number {
  const owners = scene.lineOf(node).map(({ object }) => object);
  const givenUp = owners.some(
    (object) => conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded',
  );
  const [deadline] = owners.flatMap(
    (object) => countAt(object, 'spec', 'progressDeadlineSeconds') ?? [],
  );
  const hasDeadline = deadline !== undefined && deadline < noDeadline;
  return givenUp ? 0 : hasDeadline ? deadline * 1000 : patience.long;
}

function lastStep(node: SceneNode, scene: SceneIndex): number {
  const conditions = conditionsOf(node.object).flatMap(({ status, lastTransitionTime }) =>
    status === 'True' ? (instantOf(lastTransitionTime) ?? []) : [],
  );
  const containers = scene
    .containersOf(node)
    .flatMap(({ running, terminated }) => [running ?? 0, terminated?.finished ?? 0]);
  return greatest([0, ...conditions, ...containers]) ?? 0;
}

/** What is usual, and as long as the slowest probe may fail before the kubelet gives up. */
function startAllowance(node: SceneNode): number {
  const probes = listAt(node.object, 'spec', 'containers').map((container) =>
    Math.max(
      probeSeconds(property(container, 'startupProbe')),
      probeSeconds(property(container, 'readinessProbe')),
    ),
  );
  return patience.usual + 1000 * (greatest([0, ...probes]) ?? 0);
}

/** Defaults: kubernetes `pkg/apis/core/v1/defaults.go`, SetDefaults_Probe. */
function probeSeconds(probe: JsonValue | undefined): number {
  if (probe === undefined) {
    return 0;
  }
  const { delay, period, failures } = {
    delay: countAt(probe, 'initialDelaySeconds') ?? 0,
    period: countAt(probe, 'periodSeconds') ?? 10,
    failures: countAt(probe, 'failureThreshold') ?? 3,
  };
  return delay + period * failures;
}

/** The kubelet has said that it pulls an image, and not yet that it is there. */
function isPulling(node: SceneNode, scene: SceneIndex): boolean {
  const events = scene.eventsOf(node);
  const last = (reason: string) =>
    Math.max(0, ...events.filter((event) => event.reason === reason).map((event) => event.last));
  return last('Pulling') > Math.max(last('Pulled'), last('Failed'));
}
