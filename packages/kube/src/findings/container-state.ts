import { countAt, listAt, property, stringAt } from '../json-access.ts';
import type { JsonValue } from '../json.ts';
import type { SceneNode } from '../rollout/scene.ts';
import { instantOf } from './wording.ts';

/** A container of a pod as the kubelet tells of it. */
export interface ContainerState {
  readonly name: string;
  readonly image: string;
  /** `status.containerStatuses[name=web]` */
  readonly path: string;
  readonly init: boolean;
  readonly ready: boolean;
  readonly restarts: number;
  readonly waiting: { readonly reason: string; readonly message: string } | undefined;
  /** Since when it runs, where it does. */
  readonly running: number | undefined;
  readonly terminated: Termination | undefined;
  /** How it ended the time before. */
  readonly last: Termination | undefined;
}

/** How a container ended. */
export interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
  readonly started: number | undefined;
  readonly finished: number | undefined;
}

/** The pod's containers, those that prepare it first. */
export function containersOf(pod: SceneNode): readonly ContainerState[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap((field) =>
    listAt(pod.object, 'status', field).map((entry) => readContainer(entry, field)),
  );
}

function readContainer(entry: JsonValue, field: string): ContainerState {
  const name = stringAt(entry, 'name') ?? '';
  const waiting = stringAt(entry, 'state', 'waiting', 'reason');
  const started = stringAt(entry, 'state', 'running', 'startedAt');
  return {
    name,
    image: stringAt(entry, 'image') ?? '',
    path: `status.${field}[name=${name}]`,
    init: field === 'initContainerStatuses',
    ready: property(entry, 'ready') === true,
    restarts: countAt(entry, 'restartCount') ?? 0,
    waiting: waiting
      ? { reason: waiting, message: stringAt(entry, 'state', 'waiting', 'message') ?? '' }
      : undefined,
    running: instantOf(started),
    terminated: termination(entry, 'state'),
    last: termination(entry, 'lastState'),
  };
}

function termination(entry: JsonValue, field: 'state' | 'lastState'): Termination | undefined {
  const exitCode = countAt(entry, field, 'terminated', 'exitCode');
  if (exitCode === undefined) {
    return undefined;
  }
  const text = (key: string) => stringAt(entry, field, 'terminated', key);
  return {
    exitCode,
    reason: text('reason') ?? '',
    message: text('message') ?? '',
    started: instantOf(text('startedAt')),
    finished: instantOf(text('finishedAt')),
  };
}
