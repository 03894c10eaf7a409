import type { JsonMap } from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { REFS } from './definitions.ts';
import { groupVersionKind, schemaName } from './schemas.ts';

/** `/api/v1`, `/apis/GROUP/VERSION` without the first slash: where a group-version's document is, too. */
export function documentPath(group: string, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

const LIST_PARAMETERS = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'];
const DELETE_PARAMETERS = ['dryRun', 'gracePeriodSeconds', 'propagationPolicy'];
const BODIES = ['application/json', 'application/yaml'];

/** The paths of one resource, each with what can be done there, as Kubernetes' documents have them. */
export function pathsOf(served: ServedType): JsonMap {
  const { type, version } = served;
  const root = `/${documentPath(type.group, version.version)}`;
  const all = `${root}/${type.resource}`;
  const list = type.namespaced ? `${root}/namespaces/{namespace}/${type.resource}` : all;
  if (!type.verbs.includes('get')) return { [list]: { post: write(served, 'post', BODIES) } };
  const one = `${list}/{name}`;
  return {
    ...(type.namespaced ? { [all]: { get: listing(served) } } : {}),
    [list]: {
      get: listing(served),
      post: write(served, 'post', BODIES),
      ...(type.verbs.includes('deletecollection')
        ? { delete: operation(served, 'deletecollection', LIST_PARAMETERS) }
        : {}),
    },
    [one]: {
      ...readAndWrite(served),
      delete: operation(served, 'delete', DELETE_PARAMETERS),
    },
    ...(version.scale === undefined ? {} : { [`${one}/scale`]: readAndWrite(served) }),
    ...(version.status ? { [`${one}/status`]: readAndWrite(served) } : {}),
  };
}

function readAndWrite(served: ServedType): JsonMap {
  return {
    get: operation(served, 'get', []),
    put: write(served, 'put', BODIES),
    patch: write(served, 'patch', patchTypes(served)),
  };
}

function patchTypes({ type }: ServedType): readonly string[] {
  return [
    'application/apply-patch+yaml',
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(type.custom ? [] : ['application/strategic-merge-patch+json']),
  ];
}

function listing(served: ServedType): JsonMap {
  const list = `${schemaName(served)}List`;
  return operation(served, 'list', LIST_PARAMETERS, list);
}

function operation(
  served: ServedType,
  action: string,
  parameters: readonly string[],
  answer = schemaName(served),
): JsonMap {
  const schema = { $ref: `${REFS}${answer}` };
  return {
    ...(parameters.length === 0
      ? {}
      : {
          parameters: parameters.map((name) => ({
            name,
            in: 'query',
            schema: { type: 'string', uniqueItems: true },
          })),
        }),
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': groupVersionKind(served),
  };
}

function write(served: ServedType, action: string, mediaTypes: readonly string[]): JsonMap {
  const schema = action === 'patch' ? { type: 'object' } : { $ref: `${REFS}${schemaName(served)}` };
  const parameters = action === 'patch' ? [...WRITE_PARAMETERS, 'force'] : WRITE_PARAMETERS;
  return {
    ...operation(served, action, parameters),
    requestBody: {
      content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }])),
      required: true,
    },
  };
}
