import { stringAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import { cannotStart } from '../broken.ts';
import type { ContainerState } from '../container-state.ts';
import type { Rule, Trouble } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLivePod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { alike, instantOf, said } from '../wording.ts';

/**
 * A container that cannot be started: its image, its configuration, its runtime. Reasons: kubelet
 * `images/types.go` and `kuberuntime/kuberuntime_container.go`.
 */
export const containerWaiting: Rule = (node, scene) =>
  isLivePod(node)
    ? scene.containersOf(node).flatMap((container) => troubleOf(node, container, scene))
    : [];

const imageReasons =
  /^(?:ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|RegistryUnavailable|ImageInspectError|SignatureValidationFailed)$/;

function troubleOf(node: SceneNode, container: ContainerState, scene: SceneIndex): Trouble[] {
  const { waiting } = container;
  if (waiting === undefined || !cannotStart(container)) {
    return [];
  }
  const since = sinceOf(node, scene);
  const passing = scene.now - (since ?? 0) < patience.retry;
  const image = imageReasons.test(waiting.reason);
  const what = image
    ? `pull image ${container.image}`
    : `start container ${container.name} (${waiting.reason})`;
  return [
    {
      severity: scene.isOld(node) ? 'note' : passing ? 'waiting' : 'stuck',
      node,
      // The kubelet goes to and fro between the error and the back-off from it.
      likeness: image ? what : `${what} ${alike(waiting.message, node)}`,
      tell: (who) => `${who} cannot ${what}${said(waiting.message)}`,
      evidence: `${container.path}.state.waiting`,
      since,
      kubectl: describeLine(node),
    },
  ];
}

/** The kubelet's first word of it, else when the pod was taken up. */
function sinceOf(node: SceneNode, scene: SceneIndex): number | undefined {
  const told = scene.eventsOf(node).filter(({ reason }) => reason === 'Failed');
  return told.length > 0
    ? Math.min(...told.map(({ first }) => first))
    : instantOf(stringAt(node.object, 'status', 'startTime'));
}
