import type { ResourceInfo, ResourceRef } from '@kindscope/protocol';

/** Where objects that are owned are usually found, the most telling first. */
const likely = [
  'core/pods',
  'apps/replicasets',
  'batch/jobs',
  'apps/controllerrevisions',
  'core/persistentvolumeclaims',
  'argoproj.io/analysisruns',
  'argoproj.io/experiments',
  'apps/statefulsets',
  'apps/deployments',
  'apps/daemonsets',
  'core/services',
  'core/configmaps',
  'core/secrets',
  'core/serviceaccounts',
];

/** What changes all the time and tells little. */
const noisy = new Set([
  'coordination.k8s.io/leases',
  'core/endpoints',
  'discovery.k8s.io/endpointslices',
]);

/** Never part of a tree: Events are asked for apart, and the old group serves what others serve too. */
function isLeftOut({ group, resource }: ResourceInfo): boolean {
  return resource === 'events' || group === 'extensions';
}

/**
 * The kinds in which something owned may be found, most likely ones first, then those of the owner's
 * own group. Objects of a namespace own within it; a cluster-scoped one owns anywhere
 * (Kubernetes documentation, “Owners and dependents”).
 */
export function treeKinds(
  resources: readonly ResourceInfo[],
  owner: ResourceRef & { readonly namespaced: boolean },
): readonly ResourceInfo[] {
  return resources
    .filter((info) => info.namespaced || !owner.namespaced)
    .filter(({ verbs }) => verbs.includes('list') && verbs.includes('watch'))
    .filter((info) => !isLeftOut(info))
    .map((info) => ({ info, rank: rankOf(info, owner.group) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ info }) => info);
}

function rankOf({ id, group }: ResourceInfo, ownGroup: string): number {
  const place = likely.indexOf(id);
  if (place !== -1) return place;
  if (noisy.has(id)) return likely.length + 2;
  return group === ownGroup ? likely.length : likely.length + 1;
}
