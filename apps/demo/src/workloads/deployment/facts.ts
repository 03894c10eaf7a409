import {
  countAt,
  objectAt,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { timeOf } from '../time.ts';
import { isDeleted, nameOf } from '../write.ts';

export const annotation = {
  revision: 'deployment.kubernetes.io/revision',
  history: 'deployment.kubernetes.io/revision-history',
  desired: 'deployment.kubernetes.io/desired-replicas',
  most: 'deployment.kubernetes.io/max-replicas',
} as const;

/** What a Deployment asks for, its defaults filled in. */
export interface DeploymentFacts {
  readonly object: JsonObject;
  readonly name: string;
  readonly replicas: number;
  readonly template: JsonObject;
  readonly rolling: boolean;
  /** How many more than `replicas` there may be; 0 unless it rolls. */
  readonly maxSurge: number;
  /** How many of `replicas` may be missing; 0 unless it rolls. */
  readonly maxUnavailable: number;
  readonly minReadySeconds: number;
  readonly paused: boolean;
  readonly historyLimit: number;
  /** Undefined: it may take for ever. */
  readonly deadlineSeconds: number | undefined;
}

const forEver = 2 ** 31 - 1;

export function deploymentFacts(object: JsonObject): DeploymentFacts {
  const replicas = countAt(object, 'spec', 'replicas') ?? 1;
  const rolling = stringAt(object, 'spec', 'strategy', 'type') !== 'Recreate';
  const deadline = countAt(object, 'spec', 'progressDeadlineSeconds') ?? 600;
  return {
    object,
    name: nameOf(object),
    replicas,
    template: objectAt(object, 'spec', 'template'),
    rolling,
    ...(rolling ? margins(object, replicas) : { maxSurge: 0, maxUnavailable: 0 }),
    minReadySeconds: countAt(object, 'spec', 'minReadySeconds') ?? 0,
    paused: valueAt(object, 'spec', 'paused') === true,
    historyLimit: countAt(object, 'spec', 'revisionHistoryLimit') ?? 10,
    deadlineSeconds: deadline >= forEver ? undefined : deadline,
  };
}

/** deployment_util ResolveFenceposts: shares of `replicas`; that nothing may move at all is not meant. */
function margins(
  object: JsonObject,
  replicas: number,
): Pick<DeploymentFacts, 'maxSurge' | 'maxUnavailable'> {
  const said = objectAt(object, 'spec', 'strategy', 'rollingUpdate');
  const maxSurge = share(said['maxSurge'], replicas, Math.ceil);
  const maxUnavailable = share(said['maxUnavailable'], replicas, Math.floor);
  const least = maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable;
  return { maxSurge, maxUnavailable: Math.min(least, replicas) };
}

function share(said: JsonValue | undefined, of: number, round: (value: number) => number): number {
  const value = said ?? '25%';
  if (typeof value !== 'string') return countAt({ value }, 'value') ?? 0;
  return round((Number.parseInt(value, 10) * of) / 100);
}

/** One of its ReplicaSets. */
export interface SetFacts {
  readonly object: JsonObject;
  readonly name: string;
  /** Asked for. */
  readonly replicas: number;
  /** There. */
  readonly actual: number;
  readonly ready: number;
  readonly available: number;
  /** Undefined: its controller has not said. */
  readonly terminating: number | undefined;
  readonly observedGeneration: number;
  readonly generation: number;
  readonly revision: number;
  /** As its annotations say, from when it was last scaled. */
  readonly desired: number | undefined;
  readonly most: number | undefined;
  readonly createdAt: number;
  readonly deleted: boolean;
}

export function setFacts(object: JsonObject): SetFacts {
  const count = (field: string): number => countAt(object, 'status', field) ?? 0;
  const noted = (key: string): number | undefined => {
    const text = stringAt(object, 'metadata', 'annotations', key);
    return text === undefined ? undefined : Number.parseInt(text, 10) || 0;
  };
  return {
    object,
    name: nameOf(object),
    replicas: countAt(object, 'spec', 'replicas') ?? 1,
    actual: count('replicas'),
    ready: count('readyReplicas'),
    available: count('availableReplicas'),
    terminating: countAt(object, 'status', 'terminatingReplicas'),
    observedGeneration: count('observedGeneration'),
    generation: countAt(object, 'metadata', 'generation') ?? 0,
    revision: noted(annotation.revision) ?? 0,
    desired: noted(annotation.desired),
    most: noted(annotation.most),
    createdAt: timeOf(stringAt(object, 'metadata', 'creationTimestamp')),
    deleted: isDeleted(object),
  };
}

export function sum(
  sets: readonly SetFacts[],
  field: 'replicas' | 'actual' | 'ready' | 'available',
): number {
  return sets.reduce((total, set) => total + set[field], 0);
}

export function byAge(a: SetFacts, b: SetFacts): number {
  return a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1);
}
