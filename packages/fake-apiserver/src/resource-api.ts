import type { Cluster } from './cluster.ts';
import type { Answer, ApiRequest } from './http/answer.ts';
import { jsonAnswer, JSON_TYPE } from './http/answer.ts';
import { decodeObject, mediaType } from './http/body.ts';
import { negotiate } from './http/negotiation.ts';
import type { ResourcePath } from './http/resource-path.ts';
import { createEncoding, type Encoding } from './read/encoding.ts';
import { isWatch, parseListOptions } from './read/list-options.ts';
import { listAnswer, listPage } from './read/list.ts';
import { parseSelection } from './read/selection.ts';
import type { RowObject } from './read/table.ts';
import type { WatchSet } from './read/watch-set.ts';
import { watchAnswer } from './read/watch.ts';
import type { ServedType } from './resources/resource-type.ts';
import { SUBRESOURCES } from './resources/subresources.ts';
import { isReview, reviewAnswer } from './reviews.ts';
import {
  badRequest,
  methodNotAllowed,
  noSuchResource,
  notFound,
  PageNotFound,
  unsupportedOption,
} from './status.ts';
import type { StoredObject } from './storage/stored-object.ts';
import type { Admission } from './write/admission.ts';
import { applyObject } from './write/apply.ts';
import { createObject } from './write/create.ts';
import { readDeleteOptions } from './write/delete-options.ts';
import { deletedStatus, deleteObject, deleteSelected } from './write/delete.ts';
import { APPLY_PATCH, patchObject } from './write/patch.ts';
import { replaceObject } from './write/update.ts';
import {
  fieldValidationOf,
  managerOf,
  optionsKind,
  type WriteRequest,
} from './write/write-request.ts';

export interface ResourceApi {
  answer(request: ApiRequest, path: ResourcePath): Promise<Answer>;
}

/** Answers what is asked of resources: from a method and a path to a read or a write. */
export function createResourceApi(
  cluster: Cluster,
  admission: Admission,
  watches: WatchSet,
): ResourceApi {
  function encodingFor(request: ApiRequest, served: ServedType, list: boolean): Encoding {
    const { form } = negotiate(request.headers.accept, list);
    return createEncoding(served, form, rowObjectOf(request.query), () => cluster.clock.now());
  }

  async function list(
    request: ApiRequest,
    path: ResourcePath,
    served: ServedType,
  ): Promise<Answer> {
    const options = parseListOptions(request.query);
    const selection = parseSelection(served.type, path.namespace, request.query);
    if (isWatch(request.query)) {
      const encoding = encodingFor(request, served, false);
      return watchAnswer(cluster, watches, { served, options, selection, encoding });
    }
    const encoding = encodingFor(request, served, true);
    return listAnswer(await listPage(cluster, served.type, options, selection), encoding);
  }

  function get(request: ApiRequest, write: WriteRequest): Answer {
    const store = cluster.registry.store(write.served.type);
    const stored = store.get(write.namespace, write.name);
    if (stored === undefined) {
      const { group, resource } = write.served.type;
      throw notFound({ group, resource, name: write.name });
    }
    return objectAnswer(encodingFor(request, write.served, false), stored, 200);
  }

  function change(request: ApiRequest, write: WriteRequest): Answer {
    const encoding = encodingFor(request, write.served, false);
    const contentType = request.headers['content-type'];
    switch (request.method) {
      case 'POST': {
        const body = decodeObject(request.body, contentType, write.served.type.kind);
        if (isReview(write.served)) return jsonAnswer(reviewAnswer(write.served, body), 201);
        return objectAnswer(encoding, createObject(cluster, admission, write, body), 201);
      }
      case 'PUT': {
        const body = decodeObject(request.body, contentType, write.served.type.kind);
        return objectAnswer(encoding, replaceObject(cluster, admission, write, body), 200);
      }
      case 'PATCH': {
        if (mediaType(contentType) === APPLY_PATCH) {
          const applied = applyObject(cluster, admission, write, request.query, request.body);
          return objectAnswer(encoding, applied.stored, applied.created ? 201 : 200);
        }
        const patched = patchObject(cluster, admission, write, request.body, contentType);
        return objectAnswer(encoding, patched, 200);
      }
      case 'DELETE':
        return remove(request, write, encoding);
      default:
        throw methodNotAllowed();
    }
  }

  function remove(request: ApiRequest, write: WriteRequest, encoding: Encoding): Answer {
    const options = readDeleteOptions(request);
    const { stored, gone } = deleteObject(cluster, write, options);
    return gone ? jsonAnswer(deletedStatus(write, stored)) : objectAnswer(encoding, stored, 200);
  }

  function removeAll(request: ApiRequest, path: ResourcePath, write: WriteRequest): Answer {
    const selection = parseSelection(write.served.type, path.namespace, request.query);
    const options = readDeleteOptions(request);
    const objects = deleteSelected(cluster, write, selection, options);
    const metadata = { resourceVersion: String(cluster.revision.current) };
    return listAnswer({ objects, metadata }, encodingFor(request, write.served, true));
  }

  return {
    async answer(request, path) {
      const served = cluster.registry.find(path.group, path.version, path.resource);
      if (served === undefined) throw unserved(cluster, path);
      requireScope(served, path);
      const write = writeRequestOf(request, path, served);
      const answer = await dispatch(request, path, write);
      return withWarnings(answer, write.warnings);
    },
  };

  async function dispatch(
    request: ApiRequest,
    path: ResourcePath,
    target: WriteRequest,
  ): Promise<Answer> {
    const { served } = target;
    if (path.subresource !== undefined && path.subresource !== 'status') {
      return subresource(request, path.subresource, target);
    }
    if (path.subresource === 'status') {
      if (!served.version.status) throw noSubresource(target);
      if (request.method === 'POST' || request.method === 'DELETE') throw methodNotAllowed();
    }
    if (isReview(served) && request.method !== 'POST') throw methodNotAllowed();
    if (request.method === 'GET') {
      return path.name === undefined ? list(request, path, served) : get(request, target);
    }
    if (path.name === undefined) {
      if (request.method === 'DELETE') return removeAll(request, path, target);
      if (request.method !== 'POST') throw methodNotAllowed();
    } else if (request.method === 'POST') throw methodNotAllowed();
    return change(request, target);
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
    manager: managerOf(request.query, request.headers['user-agent']),
    // A deletion says it in its options.
    dryRun: request.method !== 'DELETE' && dryRunOf(request),
    warnings: served.version.deprecation === undefined ? [] : [served.version.deprecation],
    fieldValidation: fieldValidationOf(request.query, optionsKind(request.method)),
  };
}

function dryRunOf({ method, query }: ApiRequest): boolean {
  const asked = query.getAll('dryRun');
  if (asked.every((value) => value === 'All')) return asked.length > 0;
  throw unsupportedOption(optionsKind(method), 'dryRun', JSON.stringify(asked), ['All']);
}

function rowObjectOf(query: URLSearchParams): RowObject {
  const asked = query.get('includeObject') ?? '';
  if (asked === '') return 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') return asked;
  throw badRequest(`unrecognized includeObject value: "${asked}"`);
}

function objectAnswer(encoding: Encoding, stored: StoredObject, status: number): Answer {
  const body = Buffer.concat([encoding.firstObject(stored), NEWLINE]);
  return { kind: 'body', status, contentType: JSON_TYPE, body };
}

const NEWLINE = Buffer.from('\n');

/** RFC 7234 `Warning: 299`: of a deprecated version, of fields that nobody knows. */
function withWarnings(answer: Answer, warnings: readonly string[]): Answer {
  if (warnings.length === 0) return answer;
  const warning = warnings.map((text) => `299 - "${text.replaceAll(/["\\]/g, '\\$&')}"`);
  return { ...answer, headers: { ...answer.headers, warning } };
}
