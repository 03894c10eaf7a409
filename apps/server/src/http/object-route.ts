import { Type } from '@fastify/type-provider-typebox';
import type { ObjectHandle } from '@kindscope/informer';
import { objectKey, stringifyJson, toYaml, type JsonObject } from '@kindscope/kube';
import type { Fault, Freshness, ResourceRef } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { kubectlName } from '../catalog/resource-index.ts';
import type { Present } from '../timeline/revision-log.ts';
import type { App } from './app.ts';
import { waitMs, withSource } from './lease.ts';
import { ObjectParams, toNamespace, toRef, waitQuery } from './params.ts';
import { pastObject, type PastObjectDeps } from './past-object.ts';
import { ProblemError } from './problem.ts';
import { requestSignal } from './request-signal.ts';

export interface ObjectRouteDeps extends PastObjectDeps {
  readonly catalog: Catalog;
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

interface Found {
  readonly handle: ObjectHandle | undefined;
  readonly freshness: Freshness;
}

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
    async (request, reply) => {
      const ref = toRef(request.params);
      const { name } = request.params;
      const { query } = request;
      const namespace = toNamespace(request.params.namespace);
      const key = objectKey(namespace, name);
      const found = await withSource(
        { catalog: deps.catalog, signal: requestSignal(reply) },
        {
          ref,
          namespace: namespace === '' ? undefined : namespace,
          waitMs: waitMs(query.wait),
          enough: (source) => source.get(key) !== undefined,
        },
        (source): Found => ({ handle: source.get(key), freshness: source.freshness }),
      );
      const object =
        query.revision === undefined && query.at === undefined
          ? found.handle?.parse()
          : pastObject(deps, { resource: ref, namespace, name }, query, presentOf(found));
      if (object === undefined) throw new ProblemError(missing(ref, key, found.freshness));
      reply.header('vary', 'accept');
      if (wantsYaml(request.headers.accept)) {
        return reply.type('application/yaml; charset=utf-8').send(yamlOf(object));
      }
      // Written here: the digits of its numbers would not survive another serializer.
      return reply.type('application/json; charset=utf-8').send(stringifyJson(object));
    },
  );
}

/** That it does not exist is known only where the cache is whole and true. */
function presentOf({ handle, freshness }: Found): Present {
  return handle ?? (freshness.kind === 'live' ? null : undefined);
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
function missing(ref: ResourceRef, key: string, freshness: Freshness): Fault {
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
