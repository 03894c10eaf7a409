import { Type, type Static } from '@fastify/type-provider-typebox';
import { labelMatcher, parseLabelSelector } from '@kindscope/kube';
import { ChangeClass, type ResourceRef } from '@kindscope/protocol';
import type { ChangeQuery, ChangeScope } from '../timeline/change-log.ts';
import { classSet } from '../timeline/class-set.ts';
import { badCursor, toRef } from './params.ts';
import { ProblemError } from './problem.ts';

/** Which changes: what is absent does not restrict. */
export const changeScopeQuery = {
  resource: Type.Optional(
    Type.Array(Type.String({ maxLength: 400 }), {
      maxItems: 32,
      description:
        'GROUP/VERSION/RESOURCE, the core group as core; repeat for more; one version of each that was watched unless said',
    }),
  ),
  namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
  labelSelector: Type.Optional(Type.String({ maxLength: 4096 })),
  class: Type.Optional(
    Type.Array(ChangeClass, { maxItems: 9, description: 'repeat for more; all unless said' }),
  ),
};

export const changeTimeQuery = {
  from: Type.Optional(Type.String({ maxLength: 64, description: 'RFC 3339' })),
  to: Type.Optional(Type.String({ maxLength: 64, description: 'RFC 3339' })),
};

/** `cursor` is the same as `continue`. */
export const changePageQuery = {
  continue: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  cursor: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: 'the same as continue' }),
  ),
};

const Scope = Type.Object(changeScopeQuery);
const Page = Type.Object({ ...changeTimeQuery, ...changePageQuery });

/** Problems: `bad-request` for a resource, `bad-selector`. */
export function readScope(query: Static<typeof Scope>): ChangeScope {
  return {
    resources: query.resource?.map(readResource),
    namespace: query.namespace,
    name: query.name,
    matches: readMatches(query.labelSelector),
    classes: query.class === undefined ? undefined : classSet(query.class),
  };
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Problems: `bad-request` for a time, or where there is none between them; `bad-continue`. */
export function readPage(query: Static<typeof Page>): Pick<ChangeQuery, 'from' | 'to' | 'before'> {
  const cursor = query.continue ?? query.cursor;
  const before = cursor === undefined ? undefined : Number(cursor);
  if (before !== undefined && !Number.isSafeInteger(before)) throw badCursor();
  const from = readTime('from', query.from);
  const to = readTime('to', query.to);
  if (from !== undefined && to !== undefined && from > to) throw emptySpan();
  return { from, to, before };
}

/** Milliseconds since the epoch. Problem: `bad-request`. */
export function readTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  // Date.parse reads much else, and makes something of it.
  const time = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new ProblemError({
    code: 'bad-request',
    detail: `The query parameter "${name}" is not a time: "${text}".`,
    remedy: 'Write it as in 2026-01-31T14:02:00Z; a + in a URL is written %2B.',
  });
}

export function emptySpan(): ProblemError {
  return new ProblemError({
    code: 'bad-request',
    detail: 'The time asked for is empty: "from" is not before "to".',
    remedy: 'Give a "from" that is before "to", or leave it out.',
  });
}

/** `GROUP/VERSION/RESOURCE`. Problem: `bad-resource`. */
export function readResource(text: string): ResourceRef {
  const [group, version, resource, ...rest] = text.split('/');
  if (group && version && resource && rest.length === 0) return toRef({ group, version, resource });
  throw new ProblemError({
    code: 'bad-resource',
    detail: `The query parameter "resource" does not name a resource: "${text}".`,
    remedy: 'Write it as in argoproj.io/v1alpha1/rollouts or core/v1/pods.',
  });
}

function readMatches(text: string | undefined): ChangeQuery['matches'] {
  if (text === undefined || text === '') return undefined;
  const parsed = parseLabelSelector(text);
  if (parsed.ok) return labelMatcher(parsed.selector);
  throw new ProblemError({
    code: 'bad-selector',
    detail: `The label selector "${text}" cannot be read at position ${parsed.position}: ${parsed.message}`,
    remedy: 'Write terms as kubectl does: app=web, tier in (web,api), !canary.',
  });
}
