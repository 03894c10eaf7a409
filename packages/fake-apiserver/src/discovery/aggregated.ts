import type { JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { discoveredVerbs, servedGroups } from './legacy.ts';
import { discoveredSubresources, servedTypes, type DiscoveredSubresource } from './subresources.ts';

/** `APIGroupDiscoveryList` (KEP-3352): everything below /api or below /apis in one document. */
export function discoveryList(registry: Registry, root: 'api' | 'apis'): JsonMap {
  const groups =
    root === 'api' ? new Map([['', ['v1'] as readonly string[]]]) : servedGroups(registry);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: [...groups].map(([group, versions]) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versions.map((name) => ({
        version: name,
        resources: resourcesOf(registry, group, name),
        freshness: 'Current',
      })),
    })),
  };
}

function resourcesOf(registry: Registry, group: string, version: string): JsonMap[] {
  return servedTypes(registry, group, version).map(resourceOf);
}

function resourceOf(served: ServedType): JsonMap {
  const { type, version } = served;
  const own = { group: type.group, version: version.version, kind: type.kind };
  const subresources = discoveredSubresources(served).map(({ name, kind, verbs }) => ({
    subresource: name,
    responseKind: responseKind(served, kind),
    verbs: [...verbs],
  }));
  return {
    resource: type.resource,
    responseKind: responseKind(served, own),
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs: discoveredVerbs(type),
    ...(type.shortNames.length === 0 ? {} : { shortNames: [...type.shortNames] }),
    ...(type.categories.length === 0 ? {} : { categories: [...type.categories] }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

/** Kubernetes leaves group and version of its own kinds empty where they are those of the list. */
function responseKind(
  { type, version }: ServedType,
  { group, version: at, kind }: DiscoveredSubresource['kind'],
): JsonMap {
  const same = !type.custom && group === type.group && at === version.version;
  return same ? { group: '', version: '', kind } : { group, version: at, kind };
}
