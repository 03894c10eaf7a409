import { stringAt } from '../json-access.ts';
import type { SceneNode } from '../rollout/scene.ts';
import { nameOf } from './wording.ts';

/** `kubectl describe pods/web-1 -n shop` */
export function describeLine(node: SceneNode): string {
  return `kubectl describe ${targetOf(node)}`;
}

/** `kubectl logs web-1 -n shop -c web --previous` */
export function logsLine(pod: SceneNode, container: string, previous: boolean): string {
  const line = `kubectl logs ${word(nameOf(pod))}${scopeOf(pod)} -c ${word(container)}`;
  return previous ? `${line} --previous` : line;
}

/** `pods/web-1 -n shop`: an object as kubectl takes it, whatever its name begins with. */
export function targetOf(node: SceneNode): string {
  return `${word(`${node.kubectlName}/${nameOf(node)}`)}${scopeOf(node)}`;
}

/** ` -n shop`; nothing for a cluster-scoped object. */
export function scopeOf(node: SceneNode): string {
  const namespace = stringAt(node.object, 'metadata', 'namespace') ?? '';
  return namespace === '' ? '' : ` -n ${word(namespace)}`;
}

/** A word that a shell takes as it is. */
export function word(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `kubectl argo rollouts promote checkout -n shop`: a line for Argo's plugin. */
export function rolloutsLine(command: string, node: SceneNode): string {
  return `kubectl argo rollouts ${command} ${word(nameOf(node))}${scopeOf(node)}`;
}

/** `kubectl events --for pods/web-1 -n shop` */
export function eventsLine(node: SceneNode): string {
  return `kubectl events --for ${targetOf(node)}`;
}
