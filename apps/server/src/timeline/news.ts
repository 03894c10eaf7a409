import type { ObjectHandle } from '@kindscope/informer';
import { compareResourceVersions, gvrKey } from '@kindscope/kube';
import type { WatchedEvent } from '../catalog/catalog.ts';
import { createRecentMap, type RecentMap } from './recent-map.ts';

/** So many objects of a resource, at least, are remembered. */
const remembered = 20_000;
/** So many versions of an object whose versions have no order. */
const versionsKept = 16;

/** Tells what has not been told: by another informer of the resource, or before anyone looked. */
export interface News {
  /** Whether the event says something new; from now on it is known. */
  tells(watched: WatchedEvent): boolean;
}

type Known =
  | 'ended'
  /** `versions`: where their order cannot be known, those before the newest. */
  | { readonly newest: string; readonly versions: readonly string[] };

/** What is known of the objects of one resource, and in which namespaces it is watched. */
interface Resource {
  readonly objects: RecentMap<Known>;
  readonly watches: Set<string | undefined>;
}

/**
 * Remembers how far each object has been told. Two informers tell the same; one may be behind the
 * other; one that was away tells at once what the other told step by step. What is not newer than
 * what was told of an object is no news, whoever tells it.
 */
export function createNews(limit: number = remembered): News {
  const resources = new Map<string, Resource>();

  function resourceOf(id: string): Resource {
    const known = resources.get(id) ?? { objects: createRecentMap(limit), watches: new Set() };
    resources.set(id, known);
    return known;
  }

  /** When nobody watches, or the server has gone back in time, the same versions may come to be anew. */
  function forgetAt(id: string, { event, namespace }: WatchedEvent): void {
    const { objects, watches } = resourceOf(id);
    if (event.kind === 'reset') objects.clear();
    if (event.kind !== 'ended') return;
    watches.delete(namespace);
    if (watches.size === 0) resources.delete(id);
  }

  return {
    tells(watched) {
      const { event, resource, namespace } = watched;
      const id = gvrKey(resource);
      const { objects, watches } = resourceOf(id);
      watches.add(namespace);
      switch (event.kind) {
        case 'add':
          return !event.initial && reach(objects, event.new);
        case 'update':
          return reach(objects, event.new);
        case 'delete':
          return end(objects, event.old);
        default:
          forgetAt(id, watched);
          return true;
      }
    },
  };
}

function idOf({ uid, key }: ObjectHandle): string {
  return `${uid} ${key}`;
}

function reach(objects: RecentMap<Known>, object: ObjectHandle): boolean {
  const known = objects.get(idOf(object));
  if (known === 'ended') return false;
  const next = advance(known, object.resourceVersion);
  if (next !== undefined) objects.set(idOf(object), next);
  return next !== undefined;
}

function end(objects: RecentMap<Known>, object: ObjectHandle): boolean {
  if (objects.get(idOf(object)) === 'ended') return false;
  objects.set(idOf(object), 'ended');
  return true;
}

/** Undefined where the version is no news. */
function advance(known: Exclude<Known, 'ended'> | undefined, version: string): Known | undefined {
  if (known === undefined) return { newest: version, versions: [] };
  const order = compareResourceVersions(version, known.newest);
  if (order === 1) return { newest: version, versions: [] };
  if (order !== undefined || known.versions.includes(version)) return undefined;
  return { newest: version, versions: [...known.versions, known.newest].slice(-versionsKept) };
}
