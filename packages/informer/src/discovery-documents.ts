import { isJsonObject, listAt, stringAt } from '@kindscope/kube';
import type { JsonObject, JsonValue } from '@kindscope/kube';
import type { DiscoveredResource } from './discovered-resource.ts';

/** One version of one group, as a discovery document has it. */
export interface ServedVersion {
  readonly group: string;
  readonly version: string;
  /** The aggregator has not heard from its API service lately. */
  readonly stale: boolean;
  readonly resources: readonly Omit<DiscoveredResource, 'preferred'>[];
}

/** `apidiscovery.k8s.io/v2` APIGroupDiscoveryList: groups and versions in the server's order of preference. */
export function readAggregated(document: JsonObject): ServedVersion[] {
  return listAt(document, 'items').flatMap((item) => {
    const group = stringAt(item, 'metadata', 'name') ?? '';
    return listAt(item, 'versions').map((entry) => {
      const version = stringAt(entry, 'version') ?? '';
      return {
        group,
        version,
        stale: stringAt(entry, 'freshness') === 'Stale',
        resources: listAt(entry, 'resources').flatMap((resource) =>
          readAggregatedResource(resource, group, version),
        ),
      };
    });
  });
}

function readAggregatedResource(
  entry: JsonValue,
  group: string,
  version: string,
): Omit<DiscoveredResource, 'preferred'>[] {
  const resource = stringAt(entry, 'resource');
  const kind = stringAt(entry, 'responseKind', 'kind');
  if (resource === undefined || kind === undefined) return [];
  return [
    {
      group,
      version,
      resource,
      kind,
      namespaced: stringAt(entry, 'scope') === 'Namespaced',
      verbs: strings(entry, 'verbs'),
      shortNames: strings(entry, 'shortNames'),
      categories: strings(entry, 'categories'),
    },
  ];
}

/** The group versions of an APIVersions (`/api`) or APIGroupList (`/apis`), each group's preferred one first. */
export function readLegacyGroups(document: JsonObject): string[] {
  if (stringAt(document, 'kind') === 'APIVersions') return strings(document, 'versions');
  return listAt(document, 'groups').flatMap((group) => {
    const preferred = stringAt(group, 'preferredVersion', 'groupVersion');
    const all = listAt(group, 'versions').flatMap((entry) => {
      const groupVersion = stringAt(entry, 'groupVersion');
      return groupVersion === undefined ? [] : [groupVersion];
    });
    return preferred === undefined ? all : [...new Set([preferred, ...all])];
  });
}

/** `v1` APIResourceList. */
export function readLegacy(document: JsonObject, groupVersion: string): ServedVersion {
  const [group, version] = splitGroupVersion(groupVersion);
  const resources = listAt(document, 'resources').flatMap((entry) => {
    const resource = stringAt(entry, 'name');
    const kind = stringAt(entry, 'kind');
    // A subresource has a slash in its name.
    if (resource === undefined || kind === undefined || resource.includes('/')) return [];
    return [
      {
        group,
        version,
        resource,
        kind,
        namespaced: isJsonObject(entry) && entry['namespaced'] === true,
        verbs: strings(entry, 'verbs'),
        shortNames: strings(entry, 'shortNames'),
        categories: strings(entry, 'categories'),
      },
    ];
  });
  return { group, version, stale: false, resources };
}

function splitGroupVersion(groupVersion: string): [group: string, version: string] {
  const slash = groupVersion.indexOf('/');
  return slash === -1
    ? ['', groupVersion]
    : [groupVersion.slice(0, slash), groupVersion.slice(slash + 1)];
}

function strings(value: JsonValue, key: string): string[] {
  return listAt(value, key).filter((item) => typeof item === 'string');
}
