import type { Registry } from '../resources/registry.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { SUBRESOURCES } from '../resources/subresources.ts';

/** Something below an object, as discovery tells of it. */
export interface DiscoveredSubresource {
  readonly name: string;
  /** What it takes and gives. */
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly verbs: readonly string[];
}

/** What a resource has below its objects, in the order in which Kubernetes tells of it. */
export function discoveredSubresources(served: ServedType): readonly DiscoveredSubresource[] {
  const { type, version } = served;
  const own = { group: type.group, version: version.version, kind: type.kind };
  const status = { name: 'status', kind: own, verbs: ['get', 'patch', 'update'] };
  const all = [
    ...(version.status ? [status] : []),
    ...SUBRESOURCES.filter((each) => each.on(served)),
  ];
  // Those of Kubernetes' own kinds are sorted; a CRD's are told of as they were thought of.
  return type.custom ? all : all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * What a group-version serves: Kubernetes' own resources sorted by name, custom ones in the order of
 * their CRDs.
 */
export function servedTypes(registry: Registry, group: string, version: string): ServedType[] {
  const found: ServedType[] = [];
  for (const type of registry.types()) {
    const served = type.versions.find((item) => item.served && item.version === version);
    if (type.group === group && served !== undefined) found.push({ type, version: served });
  }
  return found.sort(({ type: a }, { type: b }) => {
    if (a.custom || b.custom) return 0;
    return a.resource < b.resource ? -1 : 1;
  });
}
