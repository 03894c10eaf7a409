import type { Cluster } from './cluster.ts';
import { answerDiscovery } from './discovery/discovery-api.ts';
import { errorAnswer, type Answer, type ApiRequest } from './http/answer.ts';
import { rendered } from './http/rendering.ts';
import { parseResourcePath } from './http/resource-path.ts';
import { createOpenApi } from './openapi/openapi-api.ts';
import type { ResourceApi } from './resource-api.ts';
import { answerCheck, answerPublic } from './server-info.ts';
import { PageNotFound, unauthorized } from './status.ts';

/** The path below which a request may carry its token: see {@link unwrapToken}. */
export const TOKEN_PREFIX = 'token';

/** Everything the server can be asked. */
export interface Api {
  /** Never throws: what goes wrong is answered as a `Status`. */
  answer(request: ApiRequest): Promise<Answer>;
}

/** Answers paths that the API does not have; undefined for those that it has not either. */
export type Extension = (request: ApiRequest) => Answer | undefined | Promise<Answer | undefined>;

/** What the paths of the API begin with; everything else is an extension's, if anybody's. */
const ROOTS = new Set(['', 'api', 'apis', 'openapi', 'version', 'healthz', 'livez', 'readyz']);

/** Whether the API itself answers such a path, be it with 404. */
export function isApiPath([root = '']: readonly string[]): boolean {
  return ROOTS.has(root);
}

export function createApi(
  cluster: Cluster,
  resources: ResourceApi,
  token: string,
  address: () => string,
  extend?: Extension,
): Api {
  const openApi = createOpenApi(cluster.registry, cluster.clock);

  function authenticate(request: ApiRequest): void {
    if (request.headers.authorization !== `Bearer ${token}`) throw unauthorized();
  }

  async function route(request: ApiRequest): Promise<Answer> {
    const open = answerPublic(request);
    if (open !== undefined) return open;
    authenticate(request);
    const check = answerCheck(request);
    if (check !== undefined) return check;
    const path = parseResourcePath(request.segments);
    if (path !== undefined) return resources.answer(request, path);
    const discovered = answerDiscovery(cluster.registry, request, address());
    if (discovered !== undefined) return discovered;
    const document = openApi.answer(request);
    if (document !== undefined) return document;
    const extended = isApiPath(request.segments) ? undefined : await extend?.(request);
    if (extended !== undefined) return extended;
    throw new PageNotFound();
  }

  async function answered(request: ApiRequest): Promise<Answer> {
    try {
      return await route(request);
    } catch (error) {
      return errorAnswer(error);
    }
  }

  return {
    async answer(request) {
      return rendered(request, await answered(request));
    },
  };
}

/**
 * client-go sends no credentials over plain HTTP (clientcmd reads them for TLS alone), so the
 * kubeconfig's server address carries the token as `/token/TOKEN`: put back where it belongs.
 */
export function unwrapToken(request: ApiRequest): ApiRequest {
  const [first, token = '', ...segments] = request.segments;
  if (first !== TOKEN_PREFIX) return request;
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  return { ...request, segments, headers };
}
