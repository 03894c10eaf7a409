import { objectAt } from '@kindscope/kube';
import type { Deed } from '../deed.ts';
import { normal, withAnnotations } from '../write.ts';
import { annotation, byAge, sum, type DeploymentFacts, type SetFacts } from './facts.ts';

/** ReplicaSets as they are after what is to be done about them. */
export interface Scaled {
  readonly sets: readonly SetFacts[];
  readonly deeds: readonly Deed[];
}

/** Sets these sizes; a set that has its size already is left alone. */
export function scaleTo(
  deployment: DeploymentFacts,
  sets: readonly SetFacts[],
  sizes: ReadonlyMap<string, number>,
): Scaled {
  const deeds: Deed[] = [];
  const scaled = sets.map((set) => {
    const size = sizes.get(set.name) ?? set.replicas;
    if (size === set.replicas) return set;
    deeds.push(...scale(deployment, set, size));
    return { ...set, replicas: size };
  });
  return { sets: scaled, deeds };
}

function scale(deployment: DeploymentFacts, set: SetFacts, replicas: number): Deed[] {
  const { object } = set;
  const spec = { ...objectAt(object, 'spec'), replicas };
  const direction = replicas > set.replicas ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${set.name} from ${set.replicas} to ${replicas}`;
  return [
    {
      kind: 'update',
      resource: 'replicasets',
      object: { ...withAnnotations(object, sizeNotes(deployment)), spec },
    },
    normal(deployment.object, 'ScalingReplicaSet', message),
  ];
}

/** What was asked for when a set was scaled: by it one sees that a Deployment is being scaled. */
export function sizeNotes(deployment: DeploymentFacts): Record<string, string> {
  return {
    [annotation.desired]: String(deployment.replicas),
    [annotation.most]: String(deployment.replicas + deployment.maxSurge),
  };
}

/** deployment controller isScalingEvent: a set that runs was sized for another number of replicas. */
export function isBeingScaled(deployment: DeploymentFacts, sets: readonly SetFacts[]): boolean {
  return sets.some(
    (set) => set.replicas > 0 && set.desired !== undefined && set.desired !== deployment.replicas,
  );
}

/**
 * Brings what runs to the size that is asked for, without rolling on (deployment controller scale): one set
 * takes it all; of several, each its share of the room there is.
 */
export function resize(
  deployment: DeploymentFacts,
  newest: SetFacts | undefined,
  old: readonly SetFacts[],
): Scaled {
  const all = newest === undefined ? old : [...old, newest];
  const active = all.filter((set) => set.replicas > 0);
  const only = active.length > 1 ? undefined : (active[0] ?? newest ?? [...old].sort(byAge).at(-1));
  if (only !== undefined)
    return scaleTo(deployment, all, new Map([[only.name, deployment.replicas]]));
  if (newest !== undefined && isSaturated(deployment, newest)) {
    return scaleTo(deployment, all, new Map(old.map((set) => [set.name, 0])));
  }
  return deployment.rolling ? inProportion(deployment, all, active) : { sets: all, deeds: [] };
}

function isSaturated({ replicas }: DeploymentFacts, set: SetFacts): boolean {
  return set.replicas === replicas && set.desired === replicas && set.available === replicas;
}

function inProportion(
  deployment: DeploymentFacts,
  all: readonly SetFacts[],
  active: readonly SetFacts[],
): Scaled {
  const room = deployment.replicas > 0 ? deployment.replicas + deployment.maxSurge : 0;
  const toAdd = room - sum(active, 'replicas');
  const newestFirst = toAdd > 0 ? -1 : 1;
  const largestFirst = active.toSorted(
    (a, b) => b.replicas - a.replicas || newestFirst * byAge(a, b),
  );
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of largestFirst) {
    const part = partOf(deployment, set, toAdd - added);
    sizes.set(set.name, set.replicas + part);
    added += part;
  }
  const [first] = largestFirst;
  if (first !== undefined) {
    const size = (sizes.get(first.name) ?? 0) + toAdd - added;
    sizes.set(first.name, Math.max(0, size));
  }
  const scaled = scaleTo(deployment, all, sizes);
  const same = active.filter((set) => sizes.get(set.name) === set.replicas);
  const noted = same.map((set): Deed => {
    const object = withAnnotations(set.object, sizeNotes(deployment));
    return { kind: 'update', resource: 'replicasets', object };
  });
  return { sets: scaled.sets, deeds: [...scaled.deeds, ...noted] };
}

/** deployment_util GetReplicaSetProportion: what of `left` falls to that set. */
function partOf(deployment: DeploymentFacts, set: SetFacts, left: number): number {
  if (set.replicas === 0 || left === 0) return 0;
  if (deployment.replicas === 0) return Math.max(-set.replicas, left);
  const before = set.most === undefined || set.most === 0 ? set.actual : set.most;
  if (before === 0) return 0;
  const room = deployment.replicas + deployment.maxSurge;
  const part = Math.round((set.replicas * room) / before) - set.replicas;
  return left > 0 ? Math.min(part, left) : Math.max(part, left);
}
