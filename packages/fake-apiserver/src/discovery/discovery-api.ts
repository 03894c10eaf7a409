import { createHash } from 'node:crypto';
import { jsonAnswer, JSON_TYPE, textAnswer, type Answer, type ApiRequest } from '../http/answer.ts';
import { acceptedStyle, parseAccept } from '../http/negotiation.ts';
import type { Registry } from '../resources/registry.ts';
import { methodNotAllowed, noSuchResource, notAcceptable, PageNotFound } from '../status.ts';
import { discoveryList } from './aggregated.ts';
import { isBuiltInGroup } from './group-order.ts';
import { apiGroup, apiGroupList, apiResourceList, apiVersions, servedGroups } from './legacy.ts';

/** Answers /api, /apis and what lies below them down to a group-version; else undefined. */
export function answerDiscovery(
  registry: Registry,
  request: ApiRequest,
  serverAddress: string,
): Answer | undefined {
  const [root, ...path] = request.segments;
  if (root === 'api' && path.length < 2) {
    requireGet(request);
    if (path.length === 1) return groupVersion(registry, request, '', path[0] ?? '');
    return aggregated(registry, request, 'api') ?? legacy(request, apiVersions(serverAddress));
  }
  if (root !== 'apis' || path.length > 2) return undefined;
  const [group, version] = path;
  if (group === undefined) {
    return aggregated(registry, request, 'apis') ?? legacy(request, apiGroupList(registry));
  }
  if (version !== undefined) {
    if (isBuiltInGroup(group)) requireGet(request);
    return groupVersion(registry, request, group, version);
  }
  const versions = servedGroups(registry).get(group);
  if (versions === undefined) throw new PageNotFound();
  return legacy(request, { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, versions) });
}

/** Who tells of groups, and of what CRDs serve, looks at no method. */
function requireGet({ method }: ApiRequest): void {
  if (method !== 'GET') throw methodNotAllowed();
}

function legacy(request: ApiRequest, document: Parameters<typeof jsonAnswer>[0]): Answer {
  if (acceptedStyle(request.headers.accept, true) === undefined) {
    throw notAcceptable([JSON_TYPE, 'application/yaml']);
  }
  return jsonAnswer(document);
}

function groupVersion(
  registry: Registry,
  request: ApiRequest,
  group: string,
  version: string,
): Answer {
  const list = apiResourceList(registry, group, version);
  if (list !== undefined) return legacy(request, list);
  const known = isBuiltInGroup(group) && (group === '' || servedGroups(registry).has(group));
  throw known ? noSuchResource() : new PageNotFound();
}

const AGGREGATED_TYPE = `${JSON_TYPE};g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList`;

/**
 * The aggregated document (KEP-3352), when the client accepts it at all, wherever in its list. It
 * is known by its hash: who has it already is told so.
 */
function aggregated(
  registry: Registry,
  request: ApiRequest,
  root: 'api' | 'apis',
): Answer | undefined {
  if (!acceptsAggregated(request.headers.accept)) return undefined;
  const text = `${JSON.stringify(discoveryList(registry, root))}\n`;
  const hash = createHash('sha512').update(text).digest('hex').toUpperCase();
  const headers = { etag: `"${hash}"`, vary: 'Accept', 'cache-control': 'public' };
  const known = request.headers['if-none-match'] === headers.etag;
  return known
    ? textAnswer('', AGGREGATED_TYPE, 304, headers)
    : textAnswer(text, AGGREGATED_TYPE, 200, headers);
}

function acceptsAggregated(accept: string | undefined): boolean {
  return parseAccept(accept).some(
    ({ type, parameters }) =>
      (type === JSON_TYPE || type === '*/*' || type === 'application/*') &&
      parameters.get('as') === 'APIGroupDiscoveryList' &&
      parameters.get('g') === 'apidiscovery.k8s.io' &&
      parameters.get('v') === 'v2',
  );
}
