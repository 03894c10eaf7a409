import { createHash } from 'node:crypto';
import { compareVersions } from '@kindscope/kube';
import type { JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import { apiVersionOf, type ResourceType, type ServedType } from '../resources/resource-type.ts';
import { compareGroups } from './group-order.ts';
import { discoveredSubresources, servedTypes, type DiscoveredSubresource } from './subresources.ts';

/** `group → versions`, best first; the core group is left out. */
export function servedGroups(registry: Registry): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>();
  for (const type of registry.types()) {
    if (type.group === '') continue;
    const versions = groups.get(type.group) ?? new Set();
    for (const version of type.versions) if (version.served) versions.add(version.version);
    if (versions.size > 0) groups.set(type.group, versions);
  }
  return new Map(
    [...groups]
      .sort(([a], [b]) => compareGroups(a, b))
      .map(([group, versions]) => [group, [...versions].sort(compareVersions)] as const),
  );
}

export function apiVersions(serverAddress: string): JsonMap {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}

export function apiGroup(name: string, versions: readonly string[]): JsonMap {
  const listed = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: listed, ...(listed[0] ? { preferredVersion: listed[0] } : {}) };
}

export function apiGroupList(registry: Registry): JsonMap {
  const groups = [...servedGroups(registry)].map(([name, versions]) => apiGroup(name, versions));
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

/** The resources of one group-version; undefined when it serves none. */
export function apiResourceList(
  registry: Registry,
  group: string,
  version: string,
): JsonMap | undefined {
  const resources = servedTypes(registry, group, version).flatMap((served) => [
    apiResource(served.type),
    ...discoveredSubresources(served).map((below) => apiSubresource(served, below)),
  ]);
  if (resources.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    // The oldest of these documents has none.
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: apiVersionOf(group, version),
    resources,
  };
}

function apiResource(type: ResourceType): JsonMap {
  return {
    name: type.resource,
    singularName: type.singular,
    namespaced: type.namespaced,
    kind: type.kind,
    verbs: discoveredVerbs(type),
    ...(type.shortNames.length === 0 ? {} : { shortNames: [...type.shortNames] }),
    ...(type.categories.length === 0 ? {} : { categories: [...type.categories] }),
    // What is only asked, and answered, is not stored.
    ...(type.verbs.includes('get')
      ? { storageVersionHash: storageVersionHash(type.storedAs ?? type) }
      : {}),
  };
}

/** The verbs of custom resources, in the order in which Kubernetes tells of them. */
const CUSTOM_VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];

export function discoveredVerbs({ custom, verbs }: ResourceType): string[] {
  return custom ? CUSTOM_VERBS.filter((verb) => verbs.includes(verb)) : [...verbs];
}

function apiSubresource(
  { type, version }: ServedType,
  { name, kind, verbs }: DiscoveredSubresource,
): JsonMap {
  const same = kind.group === type.group && kind.version === version.version;
  return {
    name: `${type.resource}/${name}`,
    singularName: '',
    namespaced: type.namespaced,
    ...(same ? {} : { group: kind.group, version: kind.version }),
    kind: kind.kind,
    verbs: [...verbs],
  };
}

/** Opaque to clients, but the same everywhere (apiserver endpoints/discovery/storageversionhash.go). */
function storageVersionHash({ group, resource, kind, versions }: ResourceType): string {
  // Kubernetes still stores CRDs in a version that it serves no more.
  const storage =
    resource === 'customresourcedefinitions'
      ? 'v1beta1'
      : (versions.find((version) => version.storage)?.version ?? '');
  const digest = createHash('sha256').update(`${group}/${storage}/${kind}`).digest();
  return digest.subarray(0, 8).toString('base64');
}
