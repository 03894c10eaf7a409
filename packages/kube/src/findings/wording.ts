import { stringAt } from '../json-access.ts';
import { kindOf as kindOfObject } from '../rollout/object-kind.ts';
import type { SceneNode } from '../rollout/scene.ts';

const longest = 200;

/** A message as a quotation of at most 200 characters, on one line. */
export function quoted(message: string): string {
  const line = message
    .slice(0, 4 * longest)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const clipped = line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
  return `“${clipped}”`;
}

/** Who is alike, with the verb that goes with it. */
export function are(many: boolean): string {
  return many ? 'are' : 'is';
}

/** `: “why”`, or nothing where there is no message. */
export function said(message: string | undefined): string {
  return message === undefined || message.trim() === '' ? '' : `: ${quoted(message)}`;
}

/** A message without what differs between objects that have the same trouble: names and numbers. */
export function alike(message: string, node: SceneNode): string {
  const name = nameOf(node);
  const text = message.slice(0, 4 * longest);
  return (name === '' ? text : text.replaceAll(name, '')).replaceAll(/\d+/g, '#');
}

/** Kind and group: `Deployment.apps`, `Pod`. */
export function kindOf(node: SceneNode): string {
  return kindOfObject(node.object);
}

export function nameOf(node: SceneNode): string {
  return stringAt(node.object, 'metadata', 'name') ?? '';
}

/** What a sentence calls an object: a pod by its name, any other by kind and name. */
export function callOf(node: SceneNode): string {
  const kind = stringAt(node.object, 'kind') ?? '';
  return kind === 'Pod' || kind === '' ? nameOf(node) : `${kind} ${nameOf(node)}`;
}

/** The instant that a timestamp of Kubernetes stands for, milliseconds since the epoch. */
export function instantOf(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}
