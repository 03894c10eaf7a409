import {
  listAt,
  objectAt,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { isOver, nodeOf } from '../pods.ts';
import { nameOf } from '../write.ts';
import { quantity } from './quantity.ts';

/** How much there is of something: `cpu` in cores, `memory` in bytes, `pods`. */
export type Amounts = ReadonlyMap<string, number>;

/** A node and what is left of it. */
export interface Place {
  readonly name: string;
  readonly allocatable: Amounts;
  readonly free: Amounts;
  readonly pods: number;
  readonly labels: JsonObject;
  readonly cordoned: boolean;
}

export function placesOf(nodes: Iterable<JsonObject>, pods: Iterable<JsonObject>): Place[] {
  const byNode = Map.groupBy(
    Array.from(pods).filter((pod) => !isOver(pod)),
    (pod) => nodeOf(pod),
  );
  return Array.from(nodes, (node) => {
    const name = nameOf(node);
    const there = byNode.get(name) ?? [];
    const allocatable = amountsIn(objectAt(node, 'status', 'allocatable'));
    const free = new Map(allocatable);
    for (const pod of there) {
      for (const [what, amount] of requestsOf(pod)) free.set(what, (free.get(what) ?? 0) - amount);
    }
    return {
      name,
      allocatable,
      free,
      pods: there.length,
      labels: objectAt(node, 'metadata', 'labels'),
      cordoned: valueAt(node, 'spec', 'unschedulable') === true,
    };
  });
}

/** What a pod asks for: the sum over its containers, and its own place. */
function requestsOf(pod: JsonObject): Amounts {
  const total = new Map([['pods', 1]]);
  for (const container of listAt(pod, 'spec', 'containers')) {
    const limits = objectAt(container, 'resources', 'limits');
    const requests = { ...limits, ...objectAt(container, 'resources', 'requests') };
    for (const [what, amount] of amountsIn(requests)) {
      total.set(what, (total.get(what) ?? 0) + amount);
    }
  }
  return total;
}

function amountsIn(resources: JsonObject): Map<string, number> {
  const entries: readonly (readonly [string, JsonValue | undefined])[] = Object.entries(resources);
  return new Map(entries.map(([what, value]) => [what, quantity(value)]));
}

/** Why a pod cannot go there, in the scheduler's words; none: it can. */
export function obstacles(place: Place, pod: JsonObject): string[] {
  if (place.cordoned) return ['node(s) were unschedulable'];
  const selector = Object.entries(objectAt(pod, 'spec', 'nodeSelector'));
  if (selector.some(([key, value]) => stringAt(place.labels, key) !== value)) {
    return ["node(s) didn't match Pod's node affinity/selector"];
  }
  return lacking(place.free, pod).map((what) =>
    what === 'pods' ? 'Too many pods' : `Insufficient ${what}`,
  );
}

/** It would not fit there even if nobody else were there. */
export function isHopeless(place: Place, pod: JsonObject): boolean {
  const enough = lacking(place.allocatable, pod).length === 0;
  return !enough || obstacles({ ...place, free: place.allocatable }, pod).length > 0;
}

function lacking(amounts: Amounts, pod: JsonObject): string[] {
  return [...requestsOf(pod)].flatMap(([what, amount]) =>
    amount > (amounts.get(what) ?? 0) + 1e-9 ? [what] : [],
  );
}
