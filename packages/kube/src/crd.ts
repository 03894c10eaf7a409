import { compareVersions } from './api-version.ts';
import { conditionOf } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { isJsonObject, listAt, objectAt, property, stringAt, valueAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';

export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
}

/** What there is to say of a CustomResourceDefinition, best version first. */
export interface CrdFacts {
  readonly name: string;
  /** RFC 3339 */
  readonly created: string;
  readonly versions: CrdVersion[];
  readonly conversion: 'None' | 'Webhook';
  readonly health: CrdHealth;
}

export interface CrdHealth {
  readonly status: 'healthy' | 'working' | 'failing';
  readonly reason: string;
  readonly message?: string;
}

/** An entry of a CRD version's `additionalPrinterColumns`. */
export interface CrdColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
}

/** The facts of an `apiextensions.k8s.io/v1` CustomResourceDefinition. */
export function crdFacts(crd: JsonObject): CrdFacts {
  return {
    name: stringAt(crd, 'metadata', 'name') ?? '',
    created: stringAt(crd, 'metadata', 'creationTimestamp') ?? '',
    versions: listAt(crd, 'spec', 'versions')
      .map(crdVersion)
      .sort((a, b) => compareVersions(a.name, b.name)),
    conversion: stringAt(crd, 'spec', 'conversion', 'strategy') === 'Webhook' ? 'Webhook' : 'None',
    health: crdHealth(crd),
  };
}

function crdVersion(version: JsonValue): CrdVersion {
  const warning = stringAt(version, 'deprecationWarning');
  return {
    name: stringAt(version, 'name') ?? '',
    served: property(version, 'served') === true,
    storage: property(version, 'storage') === true,
    deprecated: property(version, 'deprecated') === true,
    ...(warning === undefined ? {} : { deprecationWarning: warning }),
  };
}

/** The one thing to say of the CRD's state: what is wrong before what is under way. */
function crdHealth(crd: JsonObject): CrdHealth {
  const rejected = conditionOf(crd, 'NamesAccepted');
  if (rejected?.status === 'False') {
    return { status: 'failing', reason: 'Names not accepted', ...messageOf(rejected) };
  }
  const nonStructural = conditionOf(crd, 'NonStructuralSchema');
  if (nonStructural?.status === 'True') {
    return { status: 'failing', reason: 'Schema not structural', ...messageOf(nonStructural) };
  }
  const terminating = conditionOf(crd, 'Terminating');
  if (
    terminating?.status === 'True' ||
    stringAt(crd, 'metadata', 'deletionTimestamp') !== undefined
  ) {
    return { status: 'working', reason: 'Terminating', ...messageOf(terminating) };
  }
  const established = conditionOf(crd, 'Established');
  return established?.status === 'True'
    ? { status: 'healthy', reason: 'Established' }
    : { status: 'working', reason: 'Not established', ...messageOf(established) };
}

function messageOf(condition: Condition | undefined): { message?: string } {
  return condition?.message === undefined ? {} : { message: condition.message };
}

/** The `openAPIV3Schema` of one of the CRD's versions; undefined where it has none. */
export function crdSchema(crd: JsonObject, version: string): JsonObject | undefined {
  const schema = valueAt(versionNamed(crd, version), 'schema', 'openAPIV3Schema');
  return isJsonObject(schema) ? schema : undefined;
}

/** The `additionalPrinterColumns` of one of the CRD's versions; undefined where it has none. */
export function crdColumns(crd: JsonObject, version: string): readonly CrdColumn[] | undefined {
  const columns = listAt(versionNamed(crd, version), 'additionalPrinterColumns');
  return columns.length === 0 ? undefined : columns.map(crdColumn);
}

function versionNamed(crd: JsonObject, version: string): JsonValue | undefined {
  return listAt(crd, 'spec', 'versions').find((entry) => stringAt(entry, 'name') === version);
}

function crdColumn(column: JsonValue): CrdColumn {
  const format = stringAt(column, 'format');
  const description = stringAt(column, 'description');
  const priority = objectAt(column)['priority'];
  return {
    name: stringAt(column, 'name') ?? '',
    type: stringAt(column, 'type') ?? 'string',
    jsonPath: stringAt(column, 'jsonPath') ?? '',
    ...(format === undefined ? {} : { format }),
    ...(description === undefined ? {} : { description }),
    ...(typeof priority === 'number' ? { priority } : {}),
  };
}
