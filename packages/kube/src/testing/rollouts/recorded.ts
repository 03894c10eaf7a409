import { listAt, property, stringAt } from '../../json-access.ts';
import type { JsonObject } from '../../json.ts';
import { parseJson } from '../../lossless-json.ts';
import type { OwnedObject } from '../../rollout/turns.ts';
import recorded from './recorded.json' with { type: 'json' };

/** A recorded rollout at one moment. */
export interface RecordedRollout {
  readonly name: string;
  readonly root: JsonObject;
  /** All that hangs under it, at any depth. */
  readonly owned: readonly JsonObject[];
  /** The same, as nodes of a tree. */
  readonly nodes: readonly OwnedObject[];
}

export const recordedRollouts: readonly RecordedRollout[] = recorded.map((scene) => {
  const owned = scene.owned.map((text) => parseJson(text) as JsonObject);
  return {
    name: scene.name,
    root: parseJson(scene.root) as JsonObject,
    owned,
    nodes: owned.map((object) => ({
      uid: stringAt(object, 'metadata', 'uid') ?? '',
      parent: stringAt(
        listAt(object, 'metadata', 'ownerReferences').find((owner) =>
          property(owner, 'controller'),
        ),
        'uid',
      ),
      object,
    })),
  };
});

/** The recorded rollout of that name. */
export function recordedRollout(name: string): RecordedRollout {
  const found = recordedRollouts.find((scene) => scene.name === name);
  if (found === undefined) {
    throw new Error(`No rollout is recorded as "${name}"`);
  }
  return found;
}

/** The name of an object. */
export function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}
