import {
  conditionOf,
  countAt,
  isMet,
  listAt,
  objectAt,
  stringAt,
  type JsonObject,
} from '@kindscope/kube';
import type { Creation, Removal } from './deed.ts';
import type { Resource } from './kinds.ts';
import { timeOf } from './time.ts';
import { controllerReference, isDeleted, nameOf, nameSuffix } from './write.ts';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export function phaseOf(pod: JsonObject): Phase {
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Running' || phase === 'Succeeded' || phase === 'Failed' ? phase : 'Pending';
}

/** It has run its course. */
export function isOver(pod: JsonObject): boolean {
  const phase = phaseOf(pod);
  return phase === 'Succeeded' || phase === 'Failed';
}

/** It counts: neither over nor on its way out (controller.IsPodActive). */
export function isActive(pod: JsonObject): boolean {
  return !isOver(pod) && !isDeleted(pod);
}

export function isReady(pod: JsonObject): boolean {
  return isMet(pod, 'Ready');
}

/** Milliseconds since the epoch; 0 unless it is ready. */
export function readySince(pod: JsonObject): number {
  const ready = conditionOf(pod, 'Ready');
  return ready?.status === 'True' ? timeOf(ready.lastTransitionTime) : 0;
}

export function nodeOf(pod: JsonObject): string | undefined {
  return stringAt(pod, 'spec', 'nodeName');
}

export function mostRestarts(pod: JsonObject): number {
  const counts = listAt(pod, 'status', 'containerStatuses');
  return Math.max(0, ...counts.map((container) => countAt(container, 'restartCount') ?? 0));
}

/** A pod of that template, controlled by its owner and named after it. */
export function podOf(
  resource: Resource,
  owner: JsonObject,
  template: JsonObject,
  random: () => number,
): Creation & { readonly name: string } {
  const generateName = `${nameOf(owner)}-`;
  const name = `${generateName}${nameSuffix(random)}`;
  const { labels, annotations, finalizers } = objectAt(template, 'metadata');
  const metadata = {
    name,
    generateName,
    namespace: stringAt(owner, 'metadata', 'namespace'),
    labels,
    annotations,
    finalizers,
    ownerReferences: [controllerReference(resource, owner)],
  };
  const spec = objectAt(template, 'spec');
  const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
  return { kind: 'create', resource: 'pods', object, name };
}

export function removalOf(pod: JsonObject): Removal {
  return { kind: 'remove', resource: 'pods', object: pod };
}
