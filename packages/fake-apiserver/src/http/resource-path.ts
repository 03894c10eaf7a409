/** What a URL names below /api or /apis (apiserver pkg/endpoints/request/requestinfo.go). */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Subresources of a namespace itself; any other third segment is a resource inside it. */
const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

/** Parses a decoded path's segments; undefined when it names no resource (discovery, health …). */
export function parseResourcePath(segments: readonly string[]): ResourcePath | undefined {
  if (segments[0] === 'api' && segments.length > 2) {
    return inGroup('', segments[1] ?? '', segments.slice(2));
  }
  if (segments[0] === 'apis' && segments.length > 3) {
    return inGroup(segments[1] ?? '', segments[2] ?? '', segments.slice(3));
  }
  return undefined;
}

function inGroup(
  group: string,
  version: string,
  rest: readonly string[],
): ResourcePath | undefined {
  const [first = '', second, third] = rest;
  if (first !== 'namespaces' || second === undefined) {
    return resourceAt(group, version, undefined, rest);
  }
  if (third === undefined || (NAMESPACE_SUBRESOURCES.has(third) && rest.length === 3)) {
    return resourceAt(group, version, undefined, rest);
  }
  return resourceAt(group, version, second, rest.slice(2));
}

function resourceAt(
  group: string,
  version: string,
  namespace: string | undefined,
  rest: readonly string[],
): ResourcePath | undefined {
  const [resource = '', name, subresource] = rest;
  if (rest.length > 3) return undefined;
  return { group, version, namespace, resource, name, subresource };
}
