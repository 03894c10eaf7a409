import type { ResourceInfo } from '@kindscope/protocol';

/** A kind of the catalogue: an unwatched one from a healthy CRD unless said otherwise. */
export function resourceInfo(
  over: { [K in keyof ResourceInfo]?: ResourceInfo[K] | undefined } = {},
): ResourceInfo {
  const group = over.group ?? 'demo.example.io';
  const resource = over.resource ?? 'widgets';
  const info = {
    id: `${group === '' ? 'core' : group}/${resource}`,
    group,
    version: 'v1',
    resource,
    kind: 'Widget',
    namespaced: true,
    verbs: ['get', 'list', 'watch'],
    shortNames: [],
    categories: [],
    versions: ['v1'],
    watch: 'unwatched',
    crd: {
      name: `${resource}.${group}`,
      created: '2026-11-22T13:00:00Z',
      versions: [{ name: 'v1', served: true, storage: true, deprecated: false }],
      conversion: 'None',
      health: { status: 'healthy', reason: 'Established' },
    },
    ...over,
  };
  return Object.fromEntries(
    Object.entries(info).filter(([, value]) => value !== undefined),
  ) as ResourceInfo;
}
