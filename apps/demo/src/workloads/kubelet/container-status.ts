import { createHash } from 'node:crypto';
import type { JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { Container, Exit } from './container.ts';

/** What a registry says of a tag that it does not have, as containerd passes it on. */
export function pullError(image: string): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
}

/** @param pod `NAME_NAMESPACE(UID)`, as the kubelet writes it. */
export function containerStatus(container: Container, pod: string, now: number): JsonObject {
  const { name, image, state, restarts, last } = container;
  const isRunning = state.kind === 'running';
  // While it is held back, how it ended is already its last state.
  const previous = state.kind === 'crashBackOff' ? state.exit : last;
  // Between two runs the status still speaks of the one before.
  const ran = isRunning || 'exit' in state || last !== undefined;
  return {
    ...(ran && { containerID: idOf(container, pod, restartsShown(container)) }),
    image,
    imageID: ran ? imageId(image) : '',
    lastState: previous === undefined ? {} : terminated(previous, container, pod),
    name,
    ready: isRunning && now >= state.readyAtMs,
    restartCount: restarts,
    started: isRunning,
    state: stateOf(container, pod),
  };
}

function restartsShown({ state, restarts }: Container): number {
  return 'exit' in state ? state.exit.restarts : restarts;
}

function stateOf(container: Container, pod: string): JsonObject {
  const { state, image, name, backOffMs } = container;
  switch (state.kind) {
    case 'creating':
      return waiting('ContainerCreating');
    case 'pulling':
      // The kubelet does not say that it tries again.
      return backOffMs === 0 ? waiting('ContainerCreating') : heldPull(image);
    case 'pullFailed':
      return waiting('ErrImagePull', pullError(image));
    case 'pullBackOff':
      return heldPull(image);
    case 'running':
      return { running: { startedAt: instant(state.since) } };
    case 'exited':
      return terminated(state.exit, container, pod);
    case 'crashBackOff': {
      const length = duration(backOffMs);
      const message = `back-off ${length} restarting failed container=${name} pod=${pod}`;
      return waiting('CrashLoopBackOff', message);
    }
    default:
      return state satisfies never;
  }
}

function heldPull(image: string): JsonObject {
  const message = `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`;
  return waiting('ImagePullBackOff', message);
}

function waiting(reason: string, message?: string): JsonObject {
  return { waiting: { ...(message !== undefined && { message }), reason } };
}

function terminated(exit: Exit, container: Container, pod: string): JsonObject {
  return {
    terminated: {
      containerID: idOf(container, pod, exit.restarts),
      exitCode: exit.exitCode,
      finishedAt: instant(exit.finishedAt),
      reason: exit.exitCode === 0 ? 'Completed' : 'Error',
      startedAt: instant(exit.startedAt),
    },
  };
}

/** As Go writes it: `10s`, `2m40s`, `5m0s`. */
function duration(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

function idOf({ name }: Container, pod: string, restarts: number): string {
  return `containerd://${digest(`${pod} ${name} ${restarts}`)}`;
}

function imageId(image: string): string {
  return `${image.replace(/:[^:/]*$/, '')}@sha256:${digest(image)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
