import { requireMethod } from './allowed-method.ts';
import type { Cluster } from './cluster.ts';
import type { Answer, ApiRequest } from './http/answer.ts';
import { errorAnswer, jsonAnswer } from './http/answer.ts';
import { decodeObject } from './http/body.ts';
import type { ResourcePath } from './http/resource-path.ts';
import { listPage } from './read/list.ts';
import { createReadApi } from './read/read-api.ts';
import type { WatchSet } from './read/watch-set.ts';
import type { ServedType } from './resources/resource-type.ts';
import { SUBRESOURCES } from './resources/subresources.ts';
import { isReview, reviewAnswer } from './reviews.ts';
import { methodNotAllowed, noSuchResource, notFound, PageNotFound } from './status.ts';
import type { Admission } from './write/admission.ts';
import { readDeleteOptions } from './write/delete-options.ts';
import { deleteListed } from './write/delete.ts';
import { writeObject } from './write/write-api.ts';
import { readWriteOptions } from './write/write-options.ts';
import type { WriteRequest } from './write/write-request.ts';

export interface ResourceApi {
  answer(request: ApiRequest, path: ResourcePath): Promise<Answer>;
}

/** Answers what is asked of resources: from a method and a path to a read or a write. */
export function createResourceApi(
  cluster: Cluster,
  admission: Admission,
  watches: WatchSet,
): ResourceApi {
  const reads = createReadApi(cluster, watches);

  function write(request: ApiRequest, target: WriteRequest): Answer {
    const answer = reads.objectWriter(request, target.served);
    if (isReview(target.served)) return review(request, target);
    const outcome = writeObject(cluster, admission, request, target);
    return outcome.kind === 'status'
      ? jsonAnswer(outcome.status)
      : answer(outcome.stored, outcome.code);
  }

  function review({ body, headers }: ApiRequest, target: WriteRequest): Answer {
    const asked = decodeObject(body, headers['content-type'], target.served.type.kind);
    return jsonAnswer(reviewAnswer(target, asked, cluster.clock.now()), 201);
  }

  /** Deletes what a list would show, and answers that list. */
  async function removeAll(
    request: ApiRequest,
    path: ResourcePath,
    target: WriteRequest,
  ): Promise<Answer> {
    const { served } = target;
    const answer = reads.listWriter(request, served);
    const { query, selection } = reads.askedOf(request, path, served.type);
    const options = readDeleteOptions(request);
    const page = await listPage(cluster, served.type, query, selection);
    deleteListed(cluster, target, page.objects, options);
    return answer(page);
  }

  return {
    async answer(request, path) {
      const served = cluster.registry.find(path.group, path.version, path.resource);
      if (served === undefined) throw unserved(cluster, path);
      requireScope(served, path);
      const target = writeRequestOf(request, path, served);
      return withWarnings(await answered(request, path, target), target.warnings);
    },
  };

  /** An error is an answer here, so that it too carries the warnings. */
  async function answered(
    request: ApiRequest,
    path: ResourcePath,
    target: WriteRequest,
  ): Promise<Answer> {
    try {
      return await dispatch(request, path, target);
    } catch (error) {
      return errorAnswer(error);
    }
  }

  async function dispatch(
    request: ApiRequest,
    path: ResourcePath,
    target: WriteRequest,
  ): Promise<Answer> {
    const { served } = target;
    if (path.subresource !== undefined && path.subresource !== 'status') {
      return subresource(request, path.subresource, target);
    }
    if (path.subresource === 'status' && !served.version.status) throw noSubresource(target);
    if (isReview(served) && request.method !== 'POST') throw methodNotAllowed();
    requireMethod(request.method, path, served);
    if (request.method === 'GET' || request.method === 'HEAD') {
      return path.name === undefined
        ? reads.list(request, path, served)
        : reads.get(request, target);
    }
    if (path.name === undefined && request.method === 'DELETE') {
      return removeAll(request, path, target);
    }
    return write(request, target);
  }

  async function subresource(
    request: ApiRequest,
    name: string,
    target: WriteRequest,
  ): Promise<Answer> {
    const found = SUBRESOURCES.find((item) => item.name === name && item.on(target.served));
    if (found === undefined) throw noSubresource(target);
    if (!found.methods.includes(request.method)) throw methodNotAllowed();
    return found.answer({ cluster, admission, request, target });
  }
}

/** A group of Kubernetes' own says that it lacks a resource; elsewhere there is nobody to say it. */
function unserved(cluster: Cluster, path: ResourcePath): Error {
  for (const type of cluster.registry.types()) {
    if (type.group === path.group && !type.custom) return noSuchResource();
  }
  return new PageNotFound();
}

function noSubresource({ served, name }: WriteRequest): Error {
  const { group, resource, custom } = served.type;
  return custom ? notFound({ group, resource, name }) : noSuchResource();
}

function requireScope({ type }: ServedType, path: ResourcePath): void {
  const misplaced = type.namespaced
    ? path.name !== undefined && path.namespace === undefined
    : path.namespace !== undefined;
  if (misplaced) throw type.custom ? new PageNotFound() : noSuchResource();
}

function writeRequestOf(request: ApiRequest, path: ResourcePath, served: ServedType): WriteRequest {
  return {
    served,
    namespace: path.namespace ?? '',
    name: path.name ?? '',
    subresource: path.subresource,
    duplicates: [],
    warnings: served.version.deprecation === undefined ? [] : [served.version.deprecation],
    ...readWriteOptions(request),
  };
}

/** RFC 7234 `Warning: 299`: of a deprecated version, of fields that nobody knows. */
function withWarnings(answer: Answer, warnings: readonly string[]): Answer {
  if (warnings.length === 0) return answer;
  const warning = warnings.map((text) => `299 - "${text.replaceAll(/["\\]/g, '\\$&')}"`);
  return { ...answer, headers: { ...answer.headers, warning } };
}
