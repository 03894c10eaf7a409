import { Type } from '@fastify/type-provider-typebox';
import type { Clock } from '@kindscope/informer';
import { objectKey, stringifyJson, toYaml, type JsonObject } from '@kindscope/kube';
import type { Fault, Freshness, ResourceRef } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import { kubectlName } from '../catalog/resource-index.ts';
import type { ObjectName } from '../timeline/revision-log.ts';
import type { App } from './app.ts';
import { waitMs, withSource, type SourceQuery } from './lease.ts';
import { ObjectParams, toNamespace, toRef, waitQuery } from './params.ts';
import {
  heldObject,
  pastObject,
  readPast,
  type AskedState,
  type PastObjectDeps,
} from './past-object.ts';
import { ProblemError } from './problem.ts';
import { requestSignal } from './request-signal.ts';

export interface ObjectRouteDeps extends PastObjectDeps {
  readonly catalog: Catalog;
  readonly clock: Pick<Clock, 'now'>;
}

const pastQuery = {
  revision: Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'A resourceVersion still held' }),
  ),
  uid: Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'With revision: of this life' }),
  ),
  at: Type.Optional(
    Type.String({ maxLength: 64, description: 'RFC 3339: the object as it was then' }),
  ),
};

export function registerObject(app: App, deps: ObjectRouteDeps): void {
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name',
    {
      schema: {
        summary:
          'One object, now or as it was, as JSON or (by Accept) YAML; values of Secrets are redacted',
        params: ObjectParams,
        querystring: Type.Object({ ...waitQuery, ...pastQuery }, { additionalProperties: false }),
        produces: ['application/json', 'application/yaml'],
      },
    },
    async ({ params, query, headers }, reply) => {
      const resource = toRef(params);
      const namespace = toNamespace(params.namespace);
      const past = readPast(query, deps.clock.now());
      const asked = { resource, namespace, name: params.name };
      const object =
        heldObject(deps, asked, past) ??
        (await withSource(
          { catalog: deps.catalog, signal: requestSignal(reply) },
          sourceOf(asked, query.wait),
          (source) => read(deps, asked, past, source),
        ));
      reply.header('vary', 'accept');
      if (wantsYaml(headers.accept)) {
        return reply.type('application/yaml; charset=utf-8').send(yamlOf(object));
      }
      // Written here: the digits of its numbers would not survive another serializer.
      return reply.type('application/json; charset=utf-8').send(stringifyJson(object));
    },
  );
}

function sourceOf(
  { resource, namespace, name }: ObjectName,
  wait: number | undefined,
): SourceQuery {
  const key = objectKey(namespace, name);
  return {
    ref: resource,
    namespace: namespace === '' ? undefined : namespace,
    waitMs: waitMs(wait),
    enough: (source) => source.get(key) !== undefined,
  };
}

/** Problems: those of `pastObject`, and why the object is not in the cache. */
function read(
  deps: ObjectRouteDeps,
  asked: ObjectName,
  past: AskedState | undefined,
  source: ObjectSource,
): JsonObject {
  const key = objectKey(asked.namespace, asked.name);
  const { freshness } = source;
  const handle = source.get(key);
  // That it does not exist is known only where the cache is whole and true.
  const none = freshness.kind === 'live' ? null : undefined;
  if (past !== undefined) return pastObject(deps, asked, past, handle ?? none);
  if (handle !== undefined) return handle.parse();
  throw new ProblemError(missing(asked.resource, key, freshness));
}

/** Levels of indentation, of which nobody reads thousands, are written by recursion. */
function yamlOf(object: JsonObject): string {
  try {
    return toYaml(object);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError({
      code: 'too-deep',
      detail: 'This object is nested too deeply to be written as YAML.',
      remedy: 'Ask for JSON: Accept: application/json.',
    });
  }
}

/** Not in the cache: that it does not exist is known only where the cache is whole and true. */
export function missing(ref: ResourceRef, key: string, freshness: Freshness): Fault {
  const what = `${kubectlName(ref)} ${key.replace(/^\//, '')}`;
  switch (freshness.kind) {
    case 'live':
      return { code: 'unknown-object', detail: `There is no ${what}.` };
    case 'gone':
      return { code: 'unknown-resource', detail: `The cluster serves no ${kubectlName(ref)}.` };
    case 'forbidden':
      return freshness.fault;
    case 'stale':
      return { ...freshness.fault, code: 'cluster-unreachable' };
    case 'syncing':
    case 'reconnecting':
      return {
        code: 'not-known-yet',
        detail: `Whether there is ${what} is not known yet: the list has not been read to its end.`,
        remedy: 'Ask again, or wait longer with wait=SECONDS.',
      };
    default:
      return freshness satisfies never;
  }
}

/** True where YAML is asked for by name, and JSON is not asked for before it. */
function wantsYaml(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  const first = types.find((type) => type === 'application/json' || type?.endsWith('yaml'));
  return first !== undefined && first !== 'application/json';
}
