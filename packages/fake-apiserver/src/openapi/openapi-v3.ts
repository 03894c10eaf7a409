import { createHash } from 'node:crypto';
import type { JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { KUBERNETES_VERSION } from '../server-info.ts';
import { groupVersionKind, schemaName, schemasOf, servedTypes } from './schemas.ts';

const REFS = '#/components/schemas/';

/** The paths of `/openapi/v3`: one document for each group-version. */
export function openApiV3Index(registry: Registry): JsonMap {
  const paths: JsonMap = {};
  for (const [group, version] of groupVersions(registry)) {
    const path = documentPath(group, version);
    const hash = createHash('sha256')
      .update(JSON.stringify(openApiV3Document(registry, group, version) ?? null))
      .digest('hex')
      .toUpperCase();
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
  }
  return { paths };
}

function documentPath(group: string, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function* groupVersions(registry: Registry): Iterable<readonly [string, string]> {
  const seen = new Set<string>();
  for (const type of registry.types()) {
    for (const { version, served } of type.versions) {
      const key = apiVersionOf(type.group, version);
      if (!served || seen.has(key)) continue;
      seen.add(key);
      yield [type.group, version];
    }
  }
}

/**
 * The document of one group-version, as far as kubectl reads it: the paths say which kind they
 * serve and that PATCH validates fields, the components what the kinds look like. Undefined when
 * the group-version is not served.
 */
export function openApiV3Document(
  registry: Registry,
  group: string,
  version: string,
): JsonMap | undefined {
  const paths: JsonMap = {};
  for (const served of servedTypes(registry, group, version)) {
    if (!served.type.verbs.includes('get')) continue;
    const { list, one } = pathsOf(served);
    paths[list] = { get: operation(served), post: writeOperation(served, ['application/json']) };
    paths[one] = {
      get: operation(served),
      put: writeOperation(served, ['application/json']),
      // Strategic merge patch is not claimed: kubectl then uses the merge keys that it knows.
      patch: writeOperation(served, [
        'application/json-patch+json',
        'application/merge-patch+json',
        'application/apply-patch+yaml',
      ]),
      delete: operation(served),
    };
  }
  if (Object.keys(paths).length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: KUBERNETES_VERSION },
    paths,
    components: { schemas: schemasOf(registry, group, version, REFS) },
  };
}

function pathsOf({ type, version }: ServedType): { list: string; one: string } {
  const root = `/${documentPath(type.group, version.version)}`;
  const list = type.namespaced
    ? `${root}/namespaces/{namespace}/${type.resource}`
    : `${root}/${type.resource}`;
  return { list, one: `${list}/{name}` };
}

function operation(served: ServedType): JsonMap {
  const schema = { $ref: `${REFS}${schemaName(served)}` };
  return {
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
    'x-kubernetes-group-version-kind': groupVersionKind(served),
  };
}

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'];

function writeOperation(served: ServedType, mediaTypes: readonly string[]): JsonMap {
  const schema = { $ref: `${REFS}${schemaName(served)}` };
  return {
    ...operation(served),
    parameters: WRITE_PARAMETERS.map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    })),
    requestBody: {
      content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }])),
    },
  };
}
