import type { DiscoveredResource } from '@kindscope/informer';
import type { ResourceRef } from '@kindscope/protocol';
import type { CrdEntry } from './crd.ts';
import { nearestNames } from './nearest-names.ts';
import type { ResourceBase } from './resource-base.ts';

/**
 * What the cluster serves, put together from discovery and the CRDs. Where there is a CRD it rules:
 * it is told at once, while a server's discovery lags seconds behind. Every change returns the ids it touched.
 */
export interface ResourceIndex {
  readonly items: ReadonlyMap<string, ResourceBase>;
  crd(id: string): CrdEntry | undefined;
  /** `lost`: groups whose discovery failed, in which nothing is taken away. */
  setDiscovered(resources: readonly DiscoveredResource[], lost: ReadonlySet<string>): Set<string>;
  setCrd(entry: CrdEntry): Set<string>;
  removeCrd(id: string): Set<string>;
  nearest(ref: ResourceRef): string[];
}

/** `group/resource`, the core group written `core`. */
export function resourceId(ref: Pick<ResourceRef, 'group' | 'resource'>): string {
  return `${ref.group === '' ? 'core' : ref.group}/${ref.resource}`;
}

/** As kubectl takes it: `rollouts.argoproj.io`, `pods`. */
export function kubectlName(ref: Pick<ResourceRef, 'group' | 'resource'>): string {
  return ref.group === '' ? ref.resource : `${ref.resource}.${ref.group}`;
}

export function createResourceIndex(): ResourceIndex {
  const items = new Map<string, ResourceBase>();
  const crds = new Map<string, CrdEntry>();
  let discovered = new Map<string, ResourceBase>();
  /** CRDs deleted since: discovery lists them a while longer. */
  const deleted = new Set<string>();

  function put(id: string): Set<string> {
    const base = merged(discovered.get(id), crds.get(id), deleted.has(id));
    if (base === undefined) items.delete(id);
    else items.set(id, base);
    return new Set([id]);
  }

  return {
    items,
    crd: (id) => crds.get(id),
    setDiscovered(resources, lost) {
      const kept = discovered.entries().filter(([, base]) => lost.has(base.group));
      discovered = new Map([...kept, ...byGroupResource(resources)]);
      for (const id of deleted) if (!discovered.has(id)) deleted.delete(id);
      const touched = new Set([...items.keys(), ...discovered.keys()]);
      for (const id of touched) put(id);
      return touched;
    },
    setCrd(entry) {
      deleted.delete(entry.id);
      crds.set(entry.id, entry);
      return put(entry.id);
    },
    removeCrd(id) {
      if (!crds.delete(id)) return new Set();
      if (discovered.has(id)) deleted.add(id);
      return put(id);
    },
    nearest: (ref) => nearest(items.values(), ref),
  };
}

function merged(
  discovered: ResourceBase | undefined,
  crd: CrdEntry | undefined,
  deleted: boolean,
): ResourceBase | undefined {
  if (crd !== undefined) return crd.base;
  return deleted ? undefined : discovered;
}

/** One item per group-resource; versions as discovery lists them, the preferred one first. */
function byGroupResource(resources: readonly DiscoveredResource[]): Map<string, ResourceBase> {
  const grouped = Map.groupBy(resources, resourceId);
  const bases = new Map<string, ResourceBase>();
  for (const [id, served] of grouped) {
    const best = served.find((resource) => resource.preferred) ?? served[0];
    if (best === undefined) continue;
    const others = served.filter((resource) => resource !== best);
    bases.set(id, {
      id,
      group: best.group,
      version: best.version,
      resource: best.resource,
      kind: best.kind,
      namespaced: best.namespaced,
      verbs: [...best.verbs],
      shortNames: [...best.shortNames],
      categories: [...best.categories],
      versions: [best, ...others].map((resource) => resource.version),
    });
  }
  return bases;
}

/** By the resource's name, its kind or a short name, in any group; those of the asked group first. */
function nearest(items: Iterable<ResourceBase>, ref: ResourceRef): string[] {
  const names = new Map<string, ResourceBase[]>();
  for (const item of items) {
    for (const name of [item.resource, item.kind.toLowerCase(), ...item.shortNames]) {
      names.set(name, [...(names.get(name) ?? []), item]);
    }
  }
  const found = nearestNames(ref.resource, names.keys()).flatMap((name) => names.get(name) ?? []);
  const inGroup = (item: ResourceBase) => (item.group === ref.group ? 0 : 1);
  const ordered = found.sort((a, b) => inGroup(a) - inGroup(b));
  return [...new Set(ordered.map(kubectlName))].slice(0, 3);
}
