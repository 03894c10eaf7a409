import { isJsonNumber, isJsonObject, objectAt, property, stringAt } from '../../json-access.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { readKubernetesEvent } from '../../rollout/kubernetes-event.ts';
import type { RolloutScene, SceneNode } from '../../rollout/scene.ts';
import { turnsOf, type OwnedObject } from '../../rollout/turns.ts';

/**
 * Every version of every object of a rollout on a real control plane, and of the Events about them,
 * as `kubectl get -w -o json --output-watch-events` gave them; of each object whole once, then as
 * merge patches (RFC 7386). Left out is what the rules do not look at.
 */
export interface Recording {
  readonly title: string;
  /** The uid of the object whose rollout it is. */
  readonly root: string;
  /** When the recording ended. */
  readonly until: number;
  readonly steps: readonly Step[];
}

/** An object that came, that changed, or that is no more. */
export type Step =
  | { readonly at: number; readonly object: JsonObject }
  | { readonly at: number; readonly uid: string; readonly patch: JsonObject }
  | { readonly at: number; readonly gone: string };

/** The scene after every step, and at every second between two. */
export function* replay(recording: Recording): Generator<RolloutScene> {
  const objects = new Map<string, JsonObject>();
  const countsSince = new Map<string, number>();
  const second = 1000;
  for (const [index, step] of recording.steps.entries()) {
    take(step, objects, countsSince);
    const next = recording.steps[index + 1]?.at ?? recording.until;
    for (let now = step.at; now < next; now += second) {
      const scene = sceneOf(recording.root, objects, countsSince, now);
      if (scene !== undefined) {
        yield scene;
      }
    }
  }
}

function take(
  step: Step,
  objects: Map<string, JsonObject>,
  countsSince: Map<string, number>,
): void {
  if ('gone' in step) {
    objects.delete(step.gone);
    return;
  }
  const uid = 'uid' in step ? step.uid : (stringAt(step.object, 'metadata', 'uid') ?? '');
  const before = objects.get(uid);
  const after = 'uid' in step ? merged(before, step.patch) : step.object;
  if (isJsonObject(after)) {
    objects.set(uid, after);
    if (before === undefined || countsOf(before) !== countsOf(after)) {
      countsSince.set(uid, step.at);
    }
  }
}

function countsOf(object: JsonObject): string {
  const numbers = Object.entries(objectAt(object, 'status')).filter(([, value]) =>
    isJsonNumber(value),
  );
  return JSON.stringify([objectAt(object, 'metadata')['generation'], numbers]);
}

function merged(target: JsonValue | undefined, patch: JsonValue | undefined): JsonValue {
  if (!isJsonObject(patch)) {
    return patch ?? null;
  }
  const result: Record<string, JsonValue> = {};
  const base = isJsonObject(target) ? target : {};
  for (const key of new Set([...Object.keys(base), ...Object.keys(patch)])) {
    const change = property(patch, key);
    const value = change === undefined ? property(base, key) : merged(property(base, key), change);
    if (value !== undefined && value !== null) {
      result[key] = value;
    }
  }
  return result;
}

function sceneOf(
  root: string,
  objects: ReadonlyMap<string, JsonObject>,
  countsSince: ReadonlyMap<string, number>,
  now: number,
): RolloutScene | undefined {
  const owned: OwnedObject[] = [];
  const events = [];
  for (const [uid, object] of objects) {
    if (stringAt(object, 'kind') === 'Event') {
      events.push(readKubernetesEvent(object) ?? []);
    } else {
      owned.push({ uid, parent: uid === root ? undefined : ownerOf(object), object });
    }
  }
  const rootObject = objects.get(root);
  const turns = rootObject === undefined ? undefined : turnsOf(rootObject, owned);
  const nodes = owned.map((node): SceneNode => ({
    ...node,
    kubectlName: `${(stringAt(node.object, 'kind') ?? '').toLowerCase()}s`,
    metadataOnly: false,
    turn: turns?.get(node.uid),
    countsSince: countsSince.get(node.uid) ?? now,
  }));
  const rootNode = nodes.find(({ uid }) => uid === root);
  return rootNode && { root: rootNode, nodes, events: events.flat(), now };
}

function ownerOf(object: JsonObject): string | undefined {
  const references = objectAt(object, 'metadata')['ownerReferences'];
  return Array.isArray(references) ? stringAt(references[0], 'uid') : undefined;
}
