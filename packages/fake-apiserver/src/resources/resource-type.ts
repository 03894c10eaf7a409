import type { JsonMap } from '../json.ts';

/** A printer column as a CRD declares it. */
export interface ColumnDeclaration {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  readonly jsonPath: string;
}

/** Where the numbers of a `scale` subresource are kept, as a CRD declares it: `.spec.replicas`. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

export interface ResourceVersionType {
  readonly version: string;
  readonly served: boolean;
  readonly storage: boolean;
  /** Sent as a `Warning` header with every answer; undefined when not deprecated. */
  readonly deprecation?: string;
  /** Writes to `/status` leave the rest alone, and writes to the rest leave the status alone. */
  readonly status: boolean;
  readonly columns: readonly ColumnDeclaration[];
  /** Undefined where there is no `scale` subresource. */
  readonly scale?: ScalePaths;
  /** The OpenAPI v3 schema. That of a built-in kind may contain itself: nobody may walk all of it. */
  readonly schema?: JsonMap;
}

/** One group-resource: what the API serves under one plural name. */
export interface ResourceType {
  readonly group: string;
  readonly resource: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  /** Defined by a CRD: stored and listed the way custom resources are. */
  readonly custom: boolean;
  /** The revision up to which objects were stored under another schema; undefined when none was. */
  readonly schemaSince?: number;
  /** Its CRD is being deleted: nothing new may come. */
  readonly terminating?: boolean;
  /** The type in whose form, and among whose objects, those of this one are stored. */
  readonly storedAs?: ResourceType;
  /** Whether `metadata.generation` is kept. Always so for custom resources. */
  readonly generation: boolean;
  /** Field labels that a field selector may name, beside metadata.name and metadata.namespace. */
  readonly selectableFields: readonly string[];
  readonly versions: readonly ResourceVersionType[];
}

/** A resource at the version a request named. */
export interface ServedType {
  readonly type: ResourceType;
  readonly version: ResourceVersionType;
}

export function apiVersionOf(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The verbs of everything that is stored, in discovery's order. */
export const STORED_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;
