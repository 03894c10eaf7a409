/** Addresses a resource: one served version of it. The core group is the empty string. */
export interface GroupVersionResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** `group/version/resource`, the core group written `core`: a key for maps and for people. */
export function gvrKey(gvr: GroupVersionResource): string {
  return `${gvr.group === '' ? 'core' : gvr.group}/${gvr.version}/${gvr.resource}`;
}

/** `namespace/name`, or `/name` for a cluster-scoped object: unique within a resource. */
export function objectKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
