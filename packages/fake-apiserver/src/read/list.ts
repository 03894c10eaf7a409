import type { Cluster } from '../cluster.ts';
import { JSON_TYPE, type Answer } from '../http/answer.ts';
import type { JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { badRequest, expired, tooLargeResourceVersion } from '../status.ts';
import type { Snapshot } from '../storage/sorted-objects.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import { decodeContinue, encodeContinue, type ContinueToken } from './continue-token.ts';
import type { Encoding } from './encoding.ts';
import { versionFault, type ListOptions, type ListQuery } from './list-options.ts';
import type { Selection } from './selection.ts';

/** How long a list waits for a version that has not come yet. */
const FUTURE_VERSION_WAIT_MS = 3000;

const EXPIRED_CONTINUE =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

export interface Page {
  readonly objects: readonly StoredObject[];
  readonly metadata: JsonMap;
}

/**
 * One page of a list by the rules of
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#the-resourceversion-parameter.
 * Throws 400 for a version or token that is none, 410 for one that is forgotten, 504 for a version
 * that does not come.
 */
export async function listPage(
  cluster: Cluster,
  type: ResourceType,
  query: ListQuery,
  selection: Selection,
): Promise<Page> {
  const token = query.continue === '' ? undefined : decodeContinue(query.continue);
  if (token !== undefined && query.resourceVersion !== '' && query.resourceVersion !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const options = { ...query, revision: revisionOf(query.resourceVersion) };
  await requireReached(cluster, Math.max(options.revision, token?.revision ?? 0));
  const { revision, objects } = stateFor(cluster, type, options, token);
  const limit = isUnpaged(options, selection, token) ? Infinity : options.limit;
  return cut(objects, selection, limit, revision, storageKey(selection.namespace, token));
}

function isUnpaged(
  { limit, resourceVersion }: ListOptions,
  { single }: Selection,
  token: ContinueToken | undefined,
): boolean {
  // From the watch cache everything comes at once: `limit` counts for the other versions alone.
  return limit === 0 || resourceVersion === '0' || (single && token === undefined);
}

/** A token's key lies below what is listed, be it a namespace or all of them. */
function storageKey(namespace: string | undefined, token: ContinueToken | undefined): string {
  if (token === undefined) return '';
  return namespace === undefined ? token.start : `${namespace}/${token.start}`;
}

function revisionOf(text: string): number {
  const fault = versionFault(text);
  if (fault !== undefined) throw badRequest(`invalid resource version: ${fault}`);
  return Number(text);
}

/** Waits for a version to come, and says whether it has. */
export function isReached(cluster: Cluster, revision: number): Promise<boolean> {
  return cluster.revision.reached(revision, FUTURE_VERSION_WAIT_MS);
}

/** Waits for a version to come; throws 504 when it does not. */
export async function requireReached(cluster: Cluster, revision: number): Promise<void> {
  if (!(await isReached(cluster, revision))) {
    throw tooLargeResourceVersion(revision, cluster.revision.current);
  }
}

interface State {
  readonly revision: number;
  readonly objects: Snapshot;
}

function stateFor(
  cluster: Cluster,
  type: ResourceType,
  options: ListOptions,
  token: ContinueToken | undefined,
): State {
  const store = cluster.registry.store(type);
  const current = cluster.revision.current;
  const exact = exactRevision(options, token);
  if (exact === undefined) return { revision: current, objects: store.current() };
  const objects = store.at(exact);
  if (objects !== undefined) return { revision: exact, objects };
  if (token === undefined) {
    throw expired(`The resourceVersion for the provided list is too old.`);
  }
  throw expired(EXPIRED_CONTINUE, encodeContinue({ revision: -1, start: token.start }));
}

/** The version that must be answered exactly; undefined where anything newer will do. */
function exactRevision(options: ListOptions, token: ContinueToken | undefined): number | undefined {
  if (token !== undefined) return token.revision < 0 ? undefined : token.revision;
  // However it is written, zero is no version to be exact about.
  if (options.match === 'Exact') return options.revision > 0 ? options.revision : undefined;
  const legacyExact = options.limit > 0 && options.match === '' && options.revision > 0;
  return legacyExact ? options.revision : undefined;
}

function cut(
  snapshot: Snapshot,
  selection: Selection,
  limit: number,
  revision: number,
  start: string,
): Page {
  const { namespace } = selection;
  const metadata = { resourceVersion: String(revision) };
  const objects: StoredObject[] = [];
  for (const object of snapshot.objects(namespace, start)) {
    // Whether what follows is selected is not looked at before it is asked for.
    if (objects.length === limit) {
      const next = `${objects.at(-1)?.key ?? ''}\0`;
      return { objects, metadata: { ...metadata, ...rest(snapshot, selection, revision, next) } };
    }
    if (selection.matches(object)) objects.push(object);
  }
  return { objects, metadata };
}

/** How a list goes on whose next page starts at a key. */
function rest(
  snapshot: Snapshot,
  { everything, namespace }: Selection,
  revision: number,
  start: string,
): JsonMap {
  const below = namespace === undefined ? start : start.slice(namespace.length + 1);
  return {
    continue: encodeContinue({ revision, start: below }),
    // Only without selectors is it known without looking at each of them.
    ...(everything ? { remainingItemCount: snapshot.count(namespace, start) } : {}),
  };
}

const COMMA = Buffer.from(',');

/** A page as an answer, in pieces that are mostly the stored bytes themselves. */
export function listAnswer(page: Page, encoding: Encoding): Answer {
  const { open, close } = encoding.list(page.metadata, page.objects.length === 0);
  return {
    kind: 'body',
    status: 200,
    contentType: JSON_TYPE,
    body: pieces(open, page.objects, close, encoding),
  };
}

function* pieces(
  open: string,
  objects: readonly StoredObject[],
  close: string,
  encoding: Encoding,
): Iterable<Buffer> {
  yield Buffer.from(open);
  for (const [index, object] of objects.entries()) {
    if (index > 0) yield COMMA;
    yield* encoding.item(object);
  }
  yield Buffer.from(close);
}
