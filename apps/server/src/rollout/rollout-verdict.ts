import {
  findingsOf,
  rolloutProgress,
  rolloutState,
  turnsOf,
  type KubernetesEvent,
  type SceneNode,
  type Turn,
} from '@kindscope/kube';
import type { Finding, RolloutSummary } from '@kindscope/protocol';
import { kubectlName } from '../catalog/resource-index.ts';
import type { Lane } from './lane.ts';

/** What is said of a rollout as a whole at one moment. */
export interface Verdict {
  readonly summary: RolloutSummary;
  readonly findings: Finding[];
}

/** Which lanes belong to what is rolled out, and which to what was there before. */
export function turnsOfLanes(root: Lane, present: readonly Lane[]): ReadonlyMap<string, Turn> {
  return turnsOf(root.subject.read(), present.map(ownedObject));
}

/** `present`: the lanes of what is there, the root among them. */
export function judge(
  root: Lane,
  present: readonly Lane[],
  events: Iterable<KubernetesEvent>,
  now: number,
): Verdict {
  const nodes = present.map(sceneNode);
  const scene = { root: sceneNode(root), nodes, events: [...events], now };
  const findings = findingsOf(scene);
  const state = rolloutState(scene, findings);
  const progress = rolloutProgress(root.subject.read(), present.map(ownedObject));
  return { summary: { state, ...progress }, findings: findings.map(toFinding) };
}

function ownedObject({ subject }: Lane) {
  return { uid: subject.uid, parent: subject.parent, object: subject.read() };
}

function sceneNode({ subject, turn, past }: Lane): SceneNode {
  const { uid, parent, resource, metadataOnly } = subject;
  return {
    uid,
    parent,
    kubectlName: kubectlName(resource),
    object: subject.read(),
    metadataOnly,
    turn,
    countsSince: past.counts.since,
  };
}

function toFinding({ others, ...finding }: ReturnType<typeof findingsOf>[number]): Finding {
  return { ...finding, ...(others !== undefined && { others: [...others] }) };
}
