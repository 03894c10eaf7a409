import { Type } from '@fastify/type-provider-typebox';
import { matchesLabels, parseLabelSelector } from '@kindscope/kube';
import { ChangeList, type ResourceRef } from '@kindscope/protocol';
import type { ChangeLog, ChangeQuery } from '../timeline/change-log.ts';
import type { App } from './app.ts';
import { badCursor, ObjectParams, toNamespace, toRef } from './params.ts';
import { ProblemError } from './problem.ts';

const pageQuery = {
  from: Type.Optional(Type.String({ maxLength: 64, description: 'RFC 3339' })),
  to: Type.Optional(Type.String({ maxLength: 64, description: 'RFC 3339' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 unless said' })),
  continue: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
};

const ObjectChangesQuery = Type.Object(pageQuery, { additionalProperties: false });

const ChangesQuery = Type.Object(
  {
    ...pageQuery,
    resource: Type.Optional(
      Type.Array(Type.String({ maxLength: 400 }), {
        maxItems: 16,
        description:
          'GROUP/VERSION/RESOURCE, the core group as core; repeat for more; all unless said',
      }),
    ),
    namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
    labelSelector: Type.Optional(Type.String({ maxLength: 4096 })),
    cursor: Type.Optional(
      Type.String({ pattern: '^[0-9]{1,15}$', description: 'the same as continue' }),
    ),
  },
  { additionalProperties: false },
);

/** Changes of what is watched, newest first. */
export function registerChanges(app: App, deps: { readonly changeLog: ChangeLog }): void {
  app.get(
    '/api/v1/changes',
    {
      schema: {
        summary: 'Changes across resources, newest first',
        querystring: ChangesQuery,
        response: { 200: ChangeList },
      },
    },
    async ({ query }) =>
      answer(deps.changeLog, {
        ...readPage({ ...query, continue: query.continue ?? query.cursor }),
        resources: query.resource?.map(readResource),
        namespace: query.namespace,
        matches: readMatches(query.labelSelector),
      }),
  );
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name/changes',
    {
      schema: {
        summary: 'Changes of one object, newest first',
        params: ObjectParams,
        querystring: ObjectChangesQuery,
        response: { 200: ChangeList },
      },
    },
    async ({ params, query }) =>
      answer(deps.changeLog, {
        ...readPage(query),
        resources: [toRef(params)],
        namespace: toNamespace(params.namespace),
        name: params.name,
      }),
  );
}

function answer(changeLog: ChangeLog, query: ChangeQuery): ChangeList {
  const { items, continue: next } = changeLog.query(query);
  return { items: [...items], ...(next !== undefined && { continue: next }) };
}

interface PageQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
}

function readPage(query: PageQuery): Pick<ChangeQuery, 'from' | 'to' | 'limit' | 'before'> {
  const before = query.continue === undefined ? undefined : Number(query.continue);
  if (before !== undefined && !Number.isSafeInteger(before)) throw badCursor();
  return {
    limit: query.limit ?? 100,
    from: readTime('from', query.from),
    to: readTime('to', query.to),
    before,
  };
}

function readTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new ProblemError({
    code: 'bad-request',
    detail: `The query parameter "${name}" is not a time: "${text}".`,
    remedy: 'Write it as in 2026-01-31T14:02:00Z.',
  });
}

function readResource(text: string): ResourceRef {
  const [group, version, resource, ...rest] = text.split('/');
  if (group && version && resource && rest.length === 0) return toRef({ group, version, resource });
  throw new ProblemError({
    code: 'bad-request',
    detail: `The query parameter "resource" does not name a resource: "${text}".`,
    remedy: 'Write it as in argoproj.io/v1alpha1/rollouts or core/v1/pods.',
  });
}

function readMatches(text: string | undefined): ChangeQuery['matches'] {
  if (text === undefined || text === '') return undefined;
  const parsed = parseLabelSelector(text);
  if (parsed.ok) return (labels) => matchesLabels(parsed.selector, labels);
  throw new ProblemError({
    code: 'bad-selector',
    detail: `The label selector "${text}" cannot be read at position ${parsed.position}: ${parsed.message}`,
    remedy: 'Write terms as kubectl does: app=web, tier in (web,api), !canary.',
  });
}
