import { Type } from '@fastify/type-provider-typebox';
import type { Clock } from '@kindscope/informer';
import { Change, ChangeList, CoverageList, Density, Marks } from '@kindscope/protocol';
import type { PastChanges } from '../timeline/away.ts';
import type { ChangeQuery, ChangeScope } from '../timeline/change-log.ts';
import { oneVersionEach } from '../timeline/one-version.ts';
import type { App } from './app.ts';
import {
  changePageQuery,
  changeScopeQuery,
  changeTimeQuery,
  emptySpan,
  readPage,
  readScope,
  readTime,
} from './change-query.ts';
import { ObjectParams, toNamespace, toRef } from './params.ts';
import { ProblemError } from './problem.ts';

const limit = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    description: '100 unless said; a page that is long ends before: follow continue',
  }),
);
const strict = { additionalProperties: false };

export interface ChangeRoutesDeps {
  readonly changeLog: PastChanges;
  readonly clock: Clock;
  /** Changes with the server's process: ids of another one mean nothing here. */
  readonly instance: string;
}

/** Changes of what is watched: as lists, one by one, counted by time, and as a timeline draws them. */
export function registerChanges(app: App, deps: ChangeRoutesDeps): void {
  const { changeLog } = deps;
  app.get(
    '/api/v1/changes',
    {
      schema: {
        summary: 'Changes across resources, newest first',
        querystring: Type.Object(
          { ...changeScopeQuery, ...changeTimeQuery, ...changePageQuery, limit },
          strict,
        ),
        response: { 200: ChangeList },
      },
    },
    async ({ query }) =>
      answer(changeLog, {
        ...scopeOf(deps, query),
        ...readPage(query),
        limit: query.limit ?? 100,
      }),
  );
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name/changes',
    {
      schema: {
        summary: 'Changes of one object, newest first',
        params: ObjectParams,
        querystring: Type.Object({ ...changeTimeQuery, ...changePageQuery, limit }, strict),
        response: { 200: ChangeList },
      },
    },
    async ({ params, query }) =>
      answer(changeLog, {
        ...readPage(query),
        resources: [toRef(params)],
        namespace: toNamespace(params.namespace),
        name: params.name,
        limit: query.limit ?? 100,
      }),
  );
  app.get(
    '/api/v1/changes/:id',
    {
      schema: {
        summary: 'One change, by ID or by INSTANCE.ID',
        params: Type.Object({
          id: Type.String({ pattern: String.raw`^(?:[\w-]{1,64}\.)?[0-9]{1,15}$` }),
        }),
        response: { 200: Change },
      },
    },
    async ({ params }) => changeOf(deps, params.id),
  );
  registerDensity(app, deps);
  registerMarks(app, deps);
  app.get(
    '/api/v1/changes/coverage',
    {
      schema: {
        summary: 'Since when changes are kept of which resource, and what is missing since',
        querystring: Type.Object(
          { resource: changeScopeQuery.resource, namespace: changeScopeQuery.namespace },
          strict,
        ),
        response: { 200: CoverageList },
      },
    },
    async ({ query }) => ({ items: changeLog.coverage(scopeOf(deps, query)) }),
  );
}

function registerDensity(app: App, deps: ChangeRoutesDeps): void {
  const { changeLog, clock } = deps;
  app.get(
    '/api/v1/changes/density',
    {
      schema: {
        summary: 'How many changes of each class there were, by time',
        querystring: Type.Object(
          {
            ...changeScopeQuery,
            from: Type.Optional(
              Type.String({
                maxLength: 64,
                description: 'RFC 3339; an hour before to unless said',
              }),
            ),
            to: Type.Optional(
              Type.String({ maxLength: 64, description: 'RFC 3339; now unless said' }),
            ),
            buckets: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 2000, description: '120 unless said' }),
            ),
          },
          strict,
        ),
        response: { 200: Density },
      },
    },
    async ({ query }) => {
      const to = readTime('to', query.to) ?? clock.now();
      const from = readTime('from', query.from) ?? to - 3_600_000;
      if (from >= to) throw emptySpan();
      return changeLog.density({
        ...scopeOf(deps, query),
        from,
        to,
        buckets: query.buckets ?? 120,
      });
    },
  );
}

function registerMarks(app: App, deps: ChangeRoutesDeps): void {
  const { changeLog } = deps;
  app.get(
    '/api/v1/changes/marks',
    {
      schema: {
        summary: 'As much of each change as a timeline draws, column by column, newest first',
        querystring: Type.Object(
          {
            ...changeScopeQuery,
            ...changeTimeQuery,
            ...changePageQuery,
            limit: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 50_000, description: '10,000 unless said' }),
            ),
          },
          strict,
        ),
        response: { 200: Marks },
      },
    },
    async ({ query }) =>
      changeLog.marks({
        ...scopeOf(deps, query),
        ...readPage(query),
        limit: query.limit ?? 10_000,
      }),
  );
}

/** What is asked for; without resources, one version of each. Problems as {@link readScope}. */
function scopeOf(
  { changeLog, clock }: ChangeRoutesDeps,
  query: Parameters<typeof readScope>[0],
): ChangeScope {
  const scope = readScope(query);
  const { resources, namespace } = scope;
  if (resources !== undefined) return scope;
  return { ...scope, resources: oneVersionEach(changeLog.coverage({ namespace }), clock.now()) };
}

function answer(changeLog: PastChanges, query: ChangeQuery): ChangeList {
  const { items, continue: next } = changeLog.query(query);
  return { items: [...items], ...(next !== undefined && { continue: next }) };
}

/**
 * A number may be written down anywhere and be asked for after a restart, when another change has
 * it: one that comes with the instance that gave it is never taken for that one. Problem: `unknown-change`.
 */
function changeOf({ changeLog, instance }: ChangeRoutesDeps, text: string): Change {
  const [id = '', of = instance] = text.split('.').reverse();
  if (of !== instance) {
    throw unknownChange(`Change ${id} was seen by a Kindscope that has ended: it is not kept.`);
  }
  const change = changeLog.change(Number(id));
  if (change !== undefined) return change;
  throw unknownChange(`There is no change ${id}, or it is no longer kept.`);
}

function unknownChange(detail: string): ProblemError {
  return new ProblemError({
    code: 'unknown-change',
    detail,
    remedy: 'GET /api/v1/changes lists those that are kept.',
  });
}
