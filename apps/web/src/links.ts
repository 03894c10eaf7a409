import type { ResourceRef } from '@kindscope/protocol';

/** How URLs write the core group. */
const coreGroup = 'core';
/** How URLs write the namespace of a cluster-scoped object. */
const noNamespace = '_';

export interface ResourceParams {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}
export interface ObjectParams extends ResourceParams {
  readonly namespace: string;
  readonly name: string;
}

/** The path parameters of a resource's page. */
export function resourceParams(ref: ResourceRef): ResourceParams {
  return {
    group: ref.group === '' ? coreGroup : ref.group,
    version: ref.version,
    resource: ref.resource,
  };
}

/** The resource that path parameters address. */
export function resourceOf(params: ResourceParams): ResourceRef {
  return {
    group: params.group === coreGroup ? '' : params.group,
    version: params.version,
    resource: params.resource,
  };
}

/** `GROUP/VERSION/RESOURCE`, the core group as `core`, with commas between; what names no resource is left out. */
export function parseResources(text: string | undefined): ResourceRef[] {
  return (text ?? '').split(',').flatMap((one) => {
    const [group, version, resource, ...rest] = one.split('/');
    return group && version && resource && rest.length === 0
      ? [resourceOf({ group, version, resource })]
      : [];
  });
}

/** The path parameters of an object's page; `namespace` is empty for a cluster-scoped object. */
export function objectParams(ref: ResourceRef, namespace: string, name: string): ObjectParams {
  return {
    ...resourceParams(ref),
    namespace: namespace === '' ? noNamespace : namespace,
    name,
  };
}

/** The namespace and name that path parameters address; the namespace is empty for a cluster-scoped object. */
export function objectOf(params: Pick<ObjectParams, 'namespace' | 'name'>): {
  namespace: string;
  name: string;
} {
  return {
    namespace: params.namespace === noNamespace ? '' : params.namespace,
    name: params.name,
  };
}
