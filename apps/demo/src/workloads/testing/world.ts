import { countAt, jsonEquals, listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import { randomOf } from '../../random.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { Announcement, Deed, Removal, Update } from '../deed.ts';
import { kinds, type Resource } from '../kinds.ts';
import type { WorkloadController } from '../workload-controller.ts';
import { keyOf, nameOf, uidOf } from '../write.ts';

/** When every story begins. */
export const start = Date.parse('2026-03-01T12:00:00Z');

/**
 * A cluster without a server: controllers decide, what they want is done at once, and time passes only when
 * nobody has anything to do. It keeps of an API server what controllers lean on: versions, generations,
 * conflicts, graceful deletion of pods, and the collection of what has lost its owner.
 */
export interface World {
  readonly view: ClusterView;
  readonly events: readonly Announcement[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  put(resource: Resource, object: JsonObject): void;
  /** As somebody would with a merge patch of the spec; the generation rises. */
  edit(resource: Resource, key: string, spec: JsonObject): void;
  remove(resource: Resource, key: string): void;
  /** Lets the controllers work for so long; `onChange` is told after each thing that is done. */
  run(ms: number, onChange?: () => void): void;
}

export function createWorld(controllers: readonly WorkloadController<unknown>[]): World {
  const objects = new Map<Resource, Map<string, JsonObject>>();
  const memories = new Map<string, unknown>();
  const wakes = new Map<string, number>();
  const events: Announcement[] = [];
  let now = start;
  let version = 0;
  let turn = 0;

  const of = (resource: Resource): Map<string, JsonObject> => {
    const found = objects.get(resource) ?? new Map<string, JsonObject>();
    objects.set(resource, found);
    return found;
  };
  const view: ClusterView = {
    get: (resource, key) => of(resource).get(key),
    all: (resource) => of(resource).values(),
    ownedBy: (resource, uid) => [...of(resource).values()].filter((object) => isOwned(object, uid)),
  };

  function store(resource: Resource, object: JsonObject): void {
    version += 1;
    const metadata = { ...objectAt(object, 'metadata'), resourceVersion: String(version) };
    of(resource).set(keyOf(object), { ...object, metadata });
  }

  function create(resource: Resource, object: JsonObject): void {
    if (of(resource).has(keyOf(object))) throw new Error(`${keyOf(object)} is there already.`);
    const { apiVersion, kind } = kinds[resource];
    const metadata = {
      ...objectAt(object, 'metadata'),
      uid: `uid-${(version += 1)}`,
      generation: 1,
      creationTimestamp: instant(now),
    };
    const { status: _, ...rest } = object;
    store(resource, { apiVersion, kind, ...rest, metadata });
  }

  function update({ resource, object, subresource }: Update): void {
    const before = of(resource).get(keyOf(object));
    const isSame = (field: string): boolean =>
      stringAt(before, 'metadata', field) === stringAt(object, 'metadata', field);
    if (before === undefined || !isSame('resourceVersion') || !isSame('uid')) {
      throw new Error(`${keyOf(object)} has changed meanwhile.`);
    }
    const kept = subresource === 'status' ? { spec: before['spec'] } : { status: before['status'] };
    const next = { ...object, ...kept };
    if (!jsonEquals(before, next)) store(resource, raised(before, next));
  }

  function remove({ resource, object, graceSeconds }: Removal): void {
    const live = of(resource).get(keyOf(object));
    if (live === undefined || uidOf(live) !== uidOf(object)) return;
    const grace = graceSeconds ?? 30;
    const isBound = stringAt(live, 'spec', 'nodeName') !== undefined;
    if (resource === 'pods' && isBound && grace > 0) {
      const deletionTimestamp = instant(now + grace * 1000);
      const marks = { deletionTimestamp, deletionGracePeriodSeconds: grace };
      store(resource, { ...live, metadata: { ...objectAt(live, 'metadata'), ...marks } });
      return;
    }
    of(resource).delete(keyOf(live));
    for (const dependents of ['replicasets', 'pods', 'jobs'] as const) {
      for (const dependent of view.ownedBy(dependents, uidOf(live))) {
        remove({ kind: 'remove', resource: dependents, object: dependent });
      }
    }
  }

  function perform(deed: Deed): void {
    switch (deed.kind) {
      case 'announce':
        events.push(deed);
        return;
      case 'create':
        create(deed.resource, deed.object);
        return;
      case 'update':
        update(deed);
        return;
      case 'remove':
        remove(deed);
        return;
      case 'bind': {
        const live = of('pods').get(keyOf(deed.pod)) ?? deed.pod;
        store('pods', { ...live, spec: { ...objectAt(live, 'spec'), nodeName: deed.node } });
        return;
      }
      default:
        deed satisfies never;
    }
  }

  /** Whether anything has changed. */
  function lookAround(onChange: () => void): boolean {
    const before = version;
    for (const controller of controllers) {
      for (const key of of(controller.resource).keys()) {
        const object = of(controller.resource).get(key);
        if (object === undefined) continue;
        const who = `${controller.component} ${uidOf(object)}`;
        turn += 1;
        const decision = controller.decide({
          object,
          view,
          now,
          random: randomOf(`${who} ${turn}`),
          memory: memories.get(who),
          beginning: false,
        });
        if (decision.memory !== undefined) memories.set(who, decision.memory);
        wakes.delete(who);
        if (decision.againMs !== undefined) wakes.set(who, now + decision.againMs);
        for (const deed of decision.deeds) {
          perform(deed);
          onChange();
        }
      }
    }
    return version !== before;
  }

  return {
    view,
    events,
    get now() {
      return now;
    },
    put: create,
    edit(resource, key, spec) {
      const object = of(resource).get(key) ?? {};
      store(
        resource,
        raised(object, { ...object, spec: { ...objectAt(object, 'spec'), ...spec } }),
      );
    },
    remove(resource, key) {
      const object = of(resource).get(key);
      if (object !== undefined) remove({ kind: 'remove', resource, object });
    },
    run(ms, onChange = () => undefined) {
      const until = now + ms;
      for (let rounds = 0; ; rounds += 1) {
        if (rounds > 10_000) throw new Error('The controllers never come to rest.');
        if (lookAround(onChange)) continue;
        const next = Math.min(...wakes.values());
        if (next > until) break;
        now = Math.max(next, now + 1);
      }
      now = until;
    },
  };
}

function isOwned(object: JsonObject, uid: string): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some(
    (owner) => stringAt(owner, 'uid') === uid,
  );
}

function raised(before: JsonObject, after: JsonObject): JsonObject {
  if (jsonEquals(objectAt(before, 'spec'), objectAt(after, 'spec'))) return after;
  const generation = (countAt(before, 'metadata', 'generation') ?? 0) + 1;
  return { ...after, metadata: { ...objectAt(after, 'metadata'), generation } };
}

export function namesOf(objects: Iterable<JsonObject>): string[] {
  return Array.from(objects, nameOf);
}
