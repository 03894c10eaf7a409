/**
 * The groups that Kubernetes serves itself, in the order in which it tells of them (control plane
 * pkg/controlplane/apiserver/aggregator.go, by priority).
 */
const BUILT_IN_GROUPS = [
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'resource.k8s.io',
  'flowcontrol.apiserver.k8s.io',
];

/** Whether Kubernetes serves the group itself. */
export function isBuiltInGroup(group: string): boolean {
  return group === '' || BUILT_IN_GROUPS.includes(group);
}

/** Its own groups in their order, then those of CRDs by name. */
export function compareGroups(a: string, b: string): number {
  const rank = (group: string): number => {
    const index = BUILT_IN_GROUPS.indexOf(group);
    return index < 0 ? BUILT_IN_GROUPS.length : index;
  };
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
