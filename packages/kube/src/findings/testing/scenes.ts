import type { JsonObject, JsonValue } from '../../json.ts';
import type { KubernetesEvent, RolloutScene, SceneNode, Turn } from '../../rollout/scene.ts';
import type { RolloutFinding } from '../finding.ts';
import { findingsOf } from '../findings.ts';

/** When scenes of tests happen. */
export const noon = Date.UTC(2026, 0, 1, 12);

/** The timestamp of so many seconds before noon. */
export function ago(seconds: number): string {
  return new Date(noon - 1000 * seconds).toISOString();
}

const apiVersions = new Map([
  ['Job', 'batch/v1'],
  ['CronJob', 'batch/v1'],
  ['Pod', 'v1'],
  ['PersistentVolumeClaim', 'v1'],
  ['Rollout', 'argoproj.io/v1alpha1'],
  ['AnalysisRun', 'argoproj.io/v1alpha1'],
  ['Widget', 'example.com/v1'],
]);

interface Rest {
  readonly metadata?: JsonObject;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly parent?: string;
  readonly turn?: Turn;
  readonly countsSince?: number;
}

/** A node `kind/name`, made long ago; its uid is the same text. */
export function node(id: `${string}/${string}`, rest: Rest = {}): SceneNode {
  const [kind = '', name = ''] = id.split('/');
  const { metadata, parent, turn, countsSince = noon, ...members } = rest;
  return {
    uid: id,
    parent,
    kubectlName: `${kind.toLowerCase()}s`,
    object: {
      apiVersion: apiVersions.get(kind) ?? 'apps/v1',
      kind,
      metadata: { name, namespace: 'shop', uid: id, creationTimestamp: ago(86_400), ...metadata },
      ...members,
    },
    metadataOnly: false,
    turn,
    countsSince,
  };
}

/** A running pod of container `web`, whose status is as given. */
export function pod(name: string, container: JsonObject, rest: Rest = {}): SceneNode {
  const status: JsonObject = {
    phase: 'Running',
    conditions: [condition('Ready', 'False', 'ContainersNotReady', '', 5)],
    containerStatuses: [{ name: 'web', image: 'web:1.42', ready: false, ...container }],
    ...rest.status,
  };
  return node(`Pod/${name}`, { ...rest, status });
}

export function condition(
  type: string,
  status: string,
  reason: string,
  message: string,
  seconds: number,
): JsonValue {
  return { type, status, reason, message, lastTransitionTime: ago(seconds) };
}

/** An Event about a node, first seen so many seconds ago and last a second ago. */
export function event(
  about: string,
  reason: string,
  message: string,
  count: number,
  seconds: number,
): KubernetesEvent {
  return {
    uid: `${about} ${reason} ${message}`,
    about,
    type: /^(?:Success|Scaled|Pull|Wait)/.test(reason) ? 'Normal' : 'Warning',
    reason,
    message,
    count,
    first: noon - 1000 * seconds,
    last: noon - 1000,
    reporter: 'kubelet, node-3',
  };
}

/** A scene of nodes, the first of them the root, and the Events about them. */
export function scene(
  nodes: readonly [SceneNode, ...SceneNode[]],
  events: readonly KubernetesEvent[] = [],
): RolloutScene {
  return { root: nodes[0], nodes, events, now: noon };
}

/** What one rule finds in a scene. */
export function found(
  rule: string,
  nodes: readonly [SceneNode, ...SceneNode[]],
  events: readonly KubernetesEvent[] = [],
): RolloutFinding[] {
  return findingsOf(scene(nodes, events)).filter((finding) => finding.rule === rule);
}
