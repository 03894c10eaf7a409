import type { GroupVersionResource } from '@kindscope/kube';

/** `apps.shop.example/v2` and `applications`, or `v1` and `secrets`, as an address. */
export function gvrOf(apiVersion: string, resource: string): GroupVersionResource {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return { group: group ?? '', version: version ?? '', resource };
}
