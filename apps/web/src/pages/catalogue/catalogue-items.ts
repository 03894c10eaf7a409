import type { ResourceInfo } from '@kindscope/protocol';

/** What a cluster has by itself, by group; everything else was added to it. */
const builtInGroups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/**
 * Whether the resource was added to the cluster: by a CRD or by an aggregated API server. It is
 * told by the group where CRDs may not be listed.
 */
export function isCustom(info: ResourceInfo): boolean {
  return info.crd !== undefined || !builtInGroups.has(info.group);
}

/** Whether it has objects that can be looked at; a TokenReview has none. */
export function isListable(info: ResourceInfo): boolean {
  return info.verbs.includes('list') && info.verbs.includes('watch');
}

/** Whether every word of the search is in a kind's name, its group, or one of its short names. */
export function matchesSearch(info: ResourceInfo, search: string): boolean {
  const names = [
    info.kind,
    info.resource,
    info.group === '' ? 'core' : info.group,
    ...info.shortNames,
    ...info.categories,
  ]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => names.includes(word));
}

/** Changes in a minute, over the last five; undefined where nobody counts now. */
export function perMinute({
  watch,
  rate,
}: Pick<ResourceInfo, 'watch' | 'rate'>): number | undefined {
  if (watch !== 'live' || rate === undefined || rate.length === 0) return undefined;
  const recent = rate.slice(-5);
  return recent.reduce((sum, count) => sum + count, 0) / recent.length;
}

/** Whether somebody should look: the CRD is not right, or its objects cannot be watched. */
export function needsAttention(info: ResourceInfo): boolean {
  return (
    (info.crd !== undefined && info.crd.health.status !== 'healthy') ||
    info.watch === 'stale' ||
    info.watch === 'forbidden'
  );
}

export interface ResourceGroup {
  readonly group: string;
  readonly items: readonly ResourceInfo[];
}

/** In the order given, which is by group. */
export function byGroup(items: readonly ResourceInfo[]): readonly ResourceGroup[] {
  const groups = new Map<string, ResourceInfo[]>();
  for (const item of items) {
    const group = groups.get(item.group);
    if (group === undefined) groups.set(item.group, [item]);
    else group.push(item);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

export interface CatalogueSums {
  readonly objects: number;
  /** Kinds whose objects nobody has counted yet. */
  readonly uncounted: number;
  /** Undefined where nothing is watched: nobody counts then. */
  readonly perMinute: number | undefined;
}

export function sumUp(items: readonly ResourceInfo[]): CatalogueSums {
  const rates = items.flatMap((item) => perMinute(item) ?? []);
  return {
    objects: items.reduce((sum, { count }) => sum + (count?.value ?? 0), 0),
    uncounted: items.filter((item) => isListable(item) && item.count === undefined).length,
    perMinute: rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0),
  };
}
