import { compareVersions } from '@kindscope/kube';
import { isMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import {
  STORED_VERBS,
  type ColumnDeclaration,
  type ResourceType,
  type ResourceVersionType,
  type ScalePaths,
} from '../resources/resource-type.ts';

/** Whether it is the type of the CRDs themselves. */
export function isCrdType(type: ResourceType): boolean {
  return type.group === 'apiextensions.k8s.io' && type.resource === 'customresourcedefinitions';
}

/** The resource that a CRD defines, by the names that it has got. */
export function typeOfCrd(crd: JsonMap): ResourceType {
  const spec = mapAt(crd, 'spec') ?? {};
  const names = mapAt(mapAt(crd, 'status'), 'acceptedNames') ?? {};
  const group = stringAt(spec, 'group') ?? '';
  const kind = stringAt(names, 'kind') ?? '';
  const versions = listAt(spec, 'versions').filter((item) => isMap(item));
  return {
    group,
    resource: stringAt(names, 'plural') ?? '',
    singular: stringAt(names, 'singular') ?? kind.toLowerCase(),
    kind,
    listKind: stringAt(names, 'listKind') ?? `${kind}List`,
    namespaced: stringAt(spec, 'scope') !== 'Cluster',
    shortNames: stringsAt(names, 'shortNames'),
    categories: stringsAt(names, 'categories'),
    verbs: STORED_VERBS,
    custom: true,
    generation: true,
    selectableFields: selectableFields(versions),
    versions: versions.map((version) => versionOf(group, kind, version, versions)),
  };
}

function versionOf(
  group: string,
  kind: string,
  version: JsonMap,
  all: readonly JsonMap[],
): ResourceVersionType {
  const name = stringAt(version, 'name') ?? '';
  const schema = mapAt(mapAt(version, 'schema'), 'openAPIV3Schema');
  const scale = mapAt(mapAt(version, 'subresources'), 'scale');
  return {
    version: name,
    served: version['served'] === true,
    storage: version['storage'] === true,
    ...(version['deprecated'] === true
      ? { deprecation: deprecationOf(group, kind, version, all) }
      : {}),
    status: mapAt(mapAt(version, 'subresources'), 'status') !== undefined,
    columns: columnsOf(version),
    ...(scale === undefined ? {} : { scale: scalePathsOf(scale) }),
    ...(schema === undefined ? {} : { schema }),
  };
}

function scalePathsOf(scale: JsonMap): ScalePaths {
  const selector = stringAt(scale, 'labelSelectorPath');
  return {
    specReplicasPath: stringAt(scale, 'specReplicasPath') ?? '',
    statusReplicasPath: stringAt(scale, 'statusReplicasPath') ?? '',
    ...(selector === undefined ? {} : { labelSelectorPath: selector }),
  };
}

/** apiextensions-apiserver defaultDeprecationWarning: the best version to use instead is named. */
function deprecationOf(
  group: string,
  kind: string,
  version: JsonMap,
  all: readonly JsonMap[],
): string {
  const written = stringAt(version, 'deprecationWarning');
  if (written !== undefined) return written;
  const name = stringAt(version, 'name') ?? '';
  const [instead] = all
    .filter((item) => item['served'] === true && item['deprecated'] !== true)
    .map((item) => stringAt(item, 'name') ?? '')
    .filter((other) => compareVersions(other, name) < 0)
    .sort(compareVersions);
  const deprecated = `${group}/${name} ${kind} is deprecated`;
  return instead === undefined ? deprecated : `${deprecated}; use ${group}/${instead} ${kind}`;
}

function columnsOf(version: JsonMap): ColumnDeclaration[] {
  return listAt(version, 'additionalPrinterColumns')
    .filter((item) => isMap(item))
    .map((column) => ({
      name: stringAt(column, 'name') ?? '',
      type: stringAt(column, 'type') ?? 'string',
      format: stringAt(column, 'format') ?? '',
      description: stringAt(column, 'description') ?? defaultDescription(column),
      priority: typeof column['priority'] === 'number' ? column['priority'] : 0,
      jsonPath: stringAt(column, 'jsonPath') ?? '',
    }));
}

function defaultDescription(column: JsonMap): string {
  const path = stringAt(column, 'jsonPath') ?? '';
  return `Custom resource definition column (in JSONPath format): ${path}`;
}

/** `selectableFields` as field labels: `.spec.color` is selected as `spec.color`. */
function selectableFields(versions: readonly JsonMap[]): string[] {
  const paths = versions.flatMap((version) =>
    listAt(version, 'selectableFields').map((field) =>
      isMap(field) ? (stringAt(field, 'jsonPath') ?? '').replace(/^\./, '') : '',
    ),
  );
  return [...new Set(paths)].filter((path) => path !== '');
}
