import type { Cluster } from '../cluster.ts';
import { JSON_TYPE, type Answer, type ApiRequest } from '../http/answer.ts';
import { negotiate, type Accepted } from '../http/negotiation.ts';
import type { ResourcePath } from '../http/resource-path.ts';
import type { ResourceType, ServedType } from '../resources/resource-type.ts';
import {
  ApiError,
  badRequest,
  internalError,
  notFound,
  tooLargeResourceVersion,
} from '../status.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import { createEncoding, type Encoding } from './encoding.ts';
import { readListQuery, validateListQuery, versionFault, type ListQuery } from './list-options.ts';
import { isReached, listAnswer, listPage, requireReached, type Page } from './list.ts';
import { parseSelectors, selectionOf, type Selection } from './selection.ts';
import type { RowObject } from './table.ts';
import type { WatchSet } from './watch-set.ts';
import { failedWatch, watchAnswer } from './watch.ts';

/** What one object is asked by. */
interface Target {
  readonly served: ServedType;
  readonly namespace: string;
  readonly name: string;
}

/** Answers what is read of resources, and writes what others answer. */
export interface ReadApi {
  get(request: ApiRequest, target: Target): Promise<Answer>;
  /** A list or a watch. */
  list(request: ApiRequest, path: ResourcePath, served: ServedType): Promise<Answer>;
  /** How this request wants one object, or a list, written. Throws 406. */
  objectWriter(
    request: ApiRequest,
    served: ServedType,
  ): (stored: StoredObject, status: number) => Answer;
  listWriter(request: ApiRequest, served: ServedType): (page: Page) => Answer;
  /** What a request asks of a collection. Throws 400, 406 and 422 for what cannot be asked. */
  askedOf(request: ApiRequest, path: ResourcePath, type: ResourceType): Asked;
}

interface Asked {
  readonly query: ListQuery;
  readonly selection: Selection;
}

export function createReadApi(cluster: Cluster, watches: WatchSet): ReadApi {
  const now = (): number => cluster.clock.now();

  function encodingFor(request: ApiRequest, served: ServedType, accepted: Accepted): Encoding {
    const rows = accepted.form === 'table' ? rowObjectOf(request.query) : 'Metadata';
    return createEncoding(served, accepted, rows, now);
  }

  function objectWriter(
    request: ApiRequest,
    served: ServedType,
  ): (stored: StoredObject, status: number) => Answer {
    const accepted = negotiate(request.headers.accept, served.type);
    return (stored, status) => {
      if (accepted.form === 'partial' && accepted.list) throw notAList(served.type);
      return objectAnswer(encodingFor(request, served, accepted), stored, status);
    };
  }

  function listWriter(request: ApiRequest, served: ServedType): (page: Page) => Answer {
    const accepted = negotiate(request.headers.accept, served.type);
    return (page) => {
      if (accepted.form === 'partial' && !accepted.list) throw isAList(served.type);
      return listAnswer(page, encodingFor(request, served, accepted));
    };
  }

  return {
    objectWriter,
    listWriter,
    async get(request, { served, namespace, name }) {
      const write = objectWriter(request, served);
      const { group, resource } = served.type;
      const revision = revisionOf(request.query.get('resourceVersion') ?? '');
      await requireReached(cluster, revision);
      const stored = cluster.registry.store(served.type).get(namespace, name);
      if (stored === undefined) throw notFound({ group, resource, name });
      return write(stored, 200);
    },
    askedOf,
    async list(request, path, served) {
      const { type } = served;
      const { query, selection } = askedOf(request, path, type);
      if (!query.watch) {
        const write = listWriter(request, served);
        return write(await listPage(cluster, type, query, selection));
      }
      const options = { ...query, revision: revisionOf(query.resourceVersion) };
      const accepted = negotiate(request.headers.accept, {
        custom: type.custom,
        collection: true,
        watch: true,
      });
      const encoding = encodingFor(request, served, accepted);
      // A streamed list is as new as the version that is asked; a watch waits for it in silence.
      const reached =
        query.sendInitialEvents !== true || (await isReached(cluster, options.revision));
      if (!reached)
        return failedWatch(tooLargeResourceVersion(options.revision, cluster.revision.current));
      return watchAnswer(cluster, watches, { served, options, selection, encoding });
    },
  };
}

/** Kubernetes looks at the form of the answer first, and at the numbers then. */
function askedOf(request: ApiRequest, { namespace }: ResourcePath, type: ResourceType): Asked {
  negotiate(request.headers.accept, { custom: type.custom, collection: true });
  const query = readListQuery(request.query);
  const selectors = parseSelectors(request.query);
  validateListQuery(query);
  return { query, selection: selectionOf(type, namespace, selectors) };
}

/** A get and a watch take a version that is none for an error of the server's. */
function revisionOf(text: string): number {
  const fault = versionFault(text);
  if (fault !== undefined) throw internalError(fault);
  return Number(text);
}

function rowObjectOf(query: URLSearchParams): RowObject {
  const asked = query.get('includeObject') ?? '';
  if (asked === '') return 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') return asked;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}

function objectAnswer(encoding: Encoding, stored: StoredObject, status: number): Answer {
  const body = Buffer.concat([encoding.firstObject(stored), NEWLINE]);
  return { kind: 'body', status, contentType: JSON_TYPE, body };
}

const NEWLINE = Buffer.from('\n');

function isAList(type: ResourceType): ApiError {
  const list = type.custom ? '*unstructured.UnstructuredList' : goType(type, type.listKind);
  return unfit(`you requested PartialObjectMetadata, but the requested object is a list (${list})`);
}

function notAList(type: ResourceType): ApiError {
  if (type.custom) return internalError('content is not a list');
  const object = goType(type, type.kind);
  return unfit(
    `you requested PartialObjectMetadataList, but the requested object is not a list (${object})`,
  );
}

/** Kubernetes names its own type in these messages. */
function goType({ group }: ResourceType, kind: string): string {
  return `*${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${kind}`;
}

function unfit(message: string): ApiError {
  return new ApiError({ code: 406, reason: 'NotAcceptable', message });
}
