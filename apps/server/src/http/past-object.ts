import type { ObjectHandle } from '@kindscope/informer';
import type { JsonObject } from '@kindscope/kube';
import { kubectlName } from '../catalog/resource-index.ts';
import type { ChangeLog } from '../timeline/change-log.ts';
import type { ObjectName, RevisionLog } from '../timeline/revision-log.ts';
import { readTime } from './change-query.ts';
import { ProblemError } from './problem.ts';

export interface PastObjectDeps {
  readonly changeLog: Pick<ChangeLog, 'coverage'>;
  readonly revisions: RevisionLog;
}

/** Which state of an object is asked for; without either, the present one. */
export interface PastQuery {
  readonly revision?: string | undefined;
  readonly uid?: string | undefined;
  /** RFC 3339. */
  readonly at?: string | undefined;
}

/**
 * The state that is asked for. `present` is the object in the cache, which need not have changed
 * since it is watched. Problems: `unknown-revision`, `not-watched-then`, `unknown-object`.
 */
export function pastObject(
  deps: PastObjectDeps,
  object: ObjectName,
  query: PastQuery,
  present: ObjectHandle | undefined,
): JsonObject {
  return query.revision === undefined
    ? objectAt(deps, object, readTime('at', query.at) ?? 0, present)
    : objectOfVersion(deps, object, { ...query, revision: query.revision }, present);
}

function objectOfVersion(
  { revisions }: PastObjectDeps,
  object: ObjectName,
  { revision, uid }: { readonly revision: string; readonly uid?: string | undefined },
  present: ObjectHandle | undefined,
): JsonObject {
  const isPresent =
    present?.resourceVersion === revision && (uid === undefined || present.uid === uid);
  const found = isPresent ? present.parse() : revisions.find(object, revision, uid);
  if (found !== undefined) return found;
  throw new ProblemError({
    code: 'unknown-revision',
    detail: `The state of ${nameOf(object)} at resourceVersion ${revision} is not held.`,
    remedy: 'The list of its revisions says which are.',
  });
}

function objectAt(
  deps: PastObjectDeps,
  object: ObjectName,
  time: number,
  present: ObjectHandle | undefined,
): JsonObject {
  requireWatched(deps, object, time);
  // One that never changed while it was watched was always as it is.
  const found = deps.revisions.at(object, time) ?? (isUnchanged(deps, object) && present?.parse());
  if (found) return found;
  throw new ProblemError({
    code: 'unknown-object',
    detail: `There was no ${nameOf(object)} at that time, or its state is no longer held.`,
    remedy: 'The list of its revisions says which are.',
  });
}

function isUnchanged({ revisions }: PastObjectDeps, object: ObjectName): boolean {
  const { items, dropped } = revisions.list(object);
  return items.length === 0 && !dropped;
}

/** What was not watched at that time may have been in any state. */
function requireWatched({ changeLog }: PastObjectDeps, object: ObjectName, time: number): void {
  const coverage = changeLog.coverage({
    resources: [object.resource],
    namespace: object.namespace === '' ? undefined : object.namespace,
  });
  const wasWatched = coverage.some(
    ({ since, blind }) =>
      since !== undefined &&
      Date.parse(since) <= time &&
      blind.every(
        ({ from, to, reason }) =>
          reason === 'dropped' ||
          time < Date.parse(from) ||
          (to !== undefined && time >= Date.parse(to)),
      ),
  );
  if (wasWatched) return;
  throw new ProblemError({
    code: 'not-watched-then',
    detail: `Nobody watched ${kubectlName(object.resource)} at that time: what ${nameOf(object)} was like is not known.`,
    remedy: 'Ask for a time at which it was watched; its coverage says when that was.',
  });
}

function nameOf({ resource, namespace, name }: ObjectName): string {
  return `${kubectlName(resource)} ${namespace === '' ? name : `${namespace}/${name}`}`;
}
