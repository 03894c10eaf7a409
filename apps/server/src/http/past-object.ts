import type { JsonObject } from '@kindscope/kube';
import { kubectlName } from '../catalog/resource-index.ts';
import type { PastChanges } from '../timeline/away.ts';
import { wasWatched } from '../timeline/coverage.ts';
import type { ObjectName, Present, RevisionLog } from '../timeline/revision-log.ts';
import { readTime } from './change-query.ts';
import { ProblemError } from './problem.ts';

export interface PastObjectDeps {
  readonly changeLog: Pick<PastChanges, 'coverage'>;
  readonly revisions: RevisionLog;
}

/** As it is asked for; without any of these, the present state is. */
export interface PastQuery {
  readonly revision?: string | undefined;
  readonly uid?: string | undefined;
  /** RFC 3339. */
  readonly at?: string | undefined;
}

/** Which state of an object is asked for. */
export type AskedState =
  | { readonly kind: 'version'; readonly revision: string; readonly uid: string | undefined }
  /** Milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly time: number };

/** Undefined where the present one is. Problem: `bad-request`. */
export function readPast({ revision, uid, at }: PastQuery, now: number): AskedState | undefined {
  const time = readTime('at', at);
  if (revision !== undefined) {
    if (time !== undefined) throw badPast('"revision" and "at" ask for one state each.');
    return { kind: 'version', revision, uid };
  }
  if (uid !== undefined) throw badPast('"uid" says of which life a "revision" is.');
  if (time !== undefined && time > now) throw badPast('"at" is in the future.');
  return time === undefined ? undefined : { kind: 'time', time };
}

function badPast(detail: string): ProblemError {
  const remedy = 'Give "revision", with or without "uid", or "at", a time that has been.';
  return new ProblemError({ code: 'bad-request', detail, remedy });
}

/** The version that is asked for, where it is held: then nobody need watch. */
export function heldObject(
  { revisions }: Pick<PastObjectDeps, 'revisions'>,
  object: ObjectName,
  asked: AskedState | undefined,
): JsonObject | undefined {
  if (asked?.kind !== 'version') return undefined;
  return revisions.find(object, asked.revision, asked.uid);
}

/**
 * The state that is asked for. `present` is what the name is in the cache, which need not have
 * changed since it is watched. Problems: `unknown-revision`, `not-watched-then`, `unknown-object`.
 */
export function pastObject(
  deps: PastObjectDeps,
  object: ObjectName,
  asked: AskedState,
  present: Present,
): JsonObject {
  return asked.kind === 'time'
    ? objectAt(deps, object, asked.time, present)
    : objectOfVersion(deps, object, asked, present);
}

function objectOfVersion(
  deps: PastObjectDeps,
  object: ObjectName,
  asked: Extract<AskedState, { kind: 'version' }>,
  present: Present,
): JsonObject {
  const { revision, uid } = asked;
  const isPresent =
    present?.resourceVersion === revision && (uid === undefined || present.uid === uid);
  const found = isPresent ? present.parse() : heldObject(deps, object, asked);
  if (found !== undefined) return found;
  throw notHeld(deps, object, `at resourceVersion ${revision}`, present);
}

function objectAt(
  deps: PastObjectDeps,
  object: ObjectName,
  time: number,
  present: Present,
): JsonObject {
  requireWatched(deps, object, time);
  const then = deps.revisions.at(object, time, present);
  switch (then.kind) {
    case 'object':
      return then.object;
    case 'none':
      throw new ProblemError({
        code: 'unknown-object',
        detail: `There was no ${nameOf(object)} at that time.`,
        remedy: 'The list of its revisions says when it was created and deleted.',
      });
    case 'unknown':
      throw notHeld(deps, object, 'at that time', present);
    default:
      return then satisfies never;
  }
}

function notHeld(
  { revisions }: PastObjectDeps,
  object: ObjectName,
  when: string,
  present: Present,
): ProblemError {
  const { items } = revisions.list(object, present);
  const versions = items.slice(0, 5).map(({ resourceVersion }) => resourceVersion);
  const held = items.length > versions.length ? `${versions.join(', ')}, …` : versions.join(', ');
  return new ProblemError({
    code: 'unknown-revision',
    detail: `The state of ${nameOf(object)} ${when} is not held: ${held === '' ? 'none is' : `held are ${held}`}.`,
    remedy: 'The list of its revisions says which states are held, and since when.',
  });
}

/** What was not watched at that time may have been in any state. */
function requireWatched({ changeLog }: PastObjectDeps, object: ObjectName, time: number): void {
  const coverage = changeLog.coverage({
    resources: [object.resource],
    namespace: object.namespace === '' ? undefined : object.namespace,
  });
  if (wasWatched(coverage, time)) return;
  throw new ProblemError({
    code: 'not-watched-then',
    detail: `${kubectlName(object.resource)} was not watched at that time: what ${nameOf(object)} was like is not known.`,
    remedy: 'Ask for a time at which it was watched; its coverage says when that was.',
  });
}

function nameOf({ resource, namespace, name }: ObjectName): string {
  return `${kubectlName(resource)} ${namespace === '' ? name : `${namespace}/${name}`}`;
}
