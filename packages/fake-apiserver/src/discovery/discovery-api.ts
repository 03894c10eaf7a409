import { jsonAnswer, textAnswer, type Answer, type ApiRequest } from '../http/answer.ts';
import { parseAccept } from '../http/negotiation.ts';
import type { Registry } from '../resources/registry.ts';
import { PageNotFound } from '../status.ts';
import { discoveryList } from './aggregated.ts';
import { apiGroup, apiGroupList, apiResourceList, apiVersions, servedGroups } from './legacy.ts';

/** Answers GET of /api, /apis and what lies below them down to a group-version; else undefined. */
export function answerDiscovery(
  registry: Registry,
  request: ApiRequest,
  serverAddress: string,
): Answer | undefined {
  const [root, group, version, ...rest] = request.segments;
  if (rest.length > 0) return undefined;
  if (root === 'api') {
    if (version !== undefined) return undefined;
    return group === undefined
      ? (aggregated(registry, request, 'api') ?? jsonAnswer(apiVersions(serverAddress)))
      : resourceList(registry, '', group);
  }
  if (root !== 'apis') return undefined;
  if (group === undefined) {
    return aggregated(registry, request, 'apis') ?? jsonAnswer(apiGroupList(registry));
  }
  if (version !== undefined) return resourceList(registry, group, version);
  const versions = servedGroups(registry).get(group);
  if (versions === undefined) throw new PageNotFound();
  return jsonAnswer({ kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, versions) });
}

function resourceList(registry: Registry, group: string, version: string): Answer {
  const list = apiResourceList(registry, group, version);
  if (list === undefined) throw new PageNotFound();
  return jsonAnswer(list);
}

/** The aggregated document, when the client's first choice is one. */
function aggregated(
  registry: Registry,
  request: ApiRequest,
  root: 'api' | 'apis',
): Answer | undefined {
  for (const { type, parameters } of parseAccept(request.headers.accept)) {
    if (type !== 'application/json' && type !== '*/*') continue;
    const as = parameters.get('as');
    if (as === undefined) return undefined;
    const version = parameters.get('v');
    if (as !== 'APIGroupDiscoveryList' || parameters.get('g') !== 'apidiscovery.k8s.io') continue;
    if (version !== 'v2' && version !== 'v2beta1') continue;
    const contentType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    return textAnswer(JSON.stringify(discoveryList(registry, root, version)), contentType, 200, {
      vary: 'Accept',
    });
  }
  return undefined;
}
