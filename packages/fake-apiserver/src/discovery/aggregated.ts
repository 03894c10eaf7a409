import type { JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { discoveredVerbs, servedGroups } from './legacy.ts';

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
  const found: JsonMap[] = [];
  for (const type of registry.types()) {
    const served = type.versions.find((item) => item.served && item.version === version);
    if (type.group === group && served !== undefined) {
      found.push(resourceOf(type, version, served.status));
    }
  }
  return found;
}

function resourceOf(type: ResourceType, version: string, status: boolean): JsonMap {
  // Kubernetes leaves group and version of its own kinds empty: they are those of the list.
  const responseKind = type.custom
    ? { group: type.group, version, kind: type.kind }
    : { group: '', version: '', kind: type.kind };
  return {
    resource: type.resource,
    responseKind,
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs: discoveredVerbs(type),
    ...(type.shortNames.length === 0 ? {} : { shortNames: [...type.shortNames] }),
    ...(type.categories.length === 0 ? {} : { categories: [...type.categories] }),
    ...(status
      ? {
          subresources: [
            { subresource: 'status', responseKind, verbs: ['get', 'patch', 'update'] },
          ],
        }
      : {}),
  };
}
