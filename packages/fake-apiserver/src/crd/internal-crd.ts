import { jsonEquals } from '@kindscope/kube';
import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';

/**
 * A CRD's spec as Kubernetes validates it, in its internal version: what all versions have alike
 * stands at the top and no longer in them, and so do the fields that errors name
 * (apiextensions v1/conversion.go).
 */
export interface InternalSpec {
  readonly group: string;
  readonly scope: string;
  readonly names: JsonMap;
  readonly versions: readonly JsonMap[];
  /** Whether there is a list of them, be it empty. */
  readonly versionsGiven: boolean;
  /** `{openAPIV3Schema}` of every version. */
  readonly validation: JsonMap | undefined;
  readonly subresources: JsonMap | undefined;
  readonly columns: readonly Json[];
  readonly selectableFields: readonly Json[];
  readonly conversion: JsonMap | undefined;
  readonly preserveUnknownFields: boolean;
}

const SHARED = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;

/** `spec` must have been read as Go's type. */
export function internalSpec(spec: JsonMap): InternalSpec {
  const versions = listAt(spec, 'versions').filter((item) => isMap(item));
  const [first] = versions;
  const alike = SHARED.filter((key) =>
    versions.every((version) => jsonEquals(version[key], first?.[key])),
  );
  const shared: JsonMap = Object.fromEntries(alike.map((key) => [key, first?.[key]]));
  return {
    group: stringAt(spec, 'group') ?? '',
    scope: stringAt(spec, 'scope') ?? '',
    names: mapAt(spec, 'names') ?? {},
    versions: versions.map((version) => without(version, alike)),
    versionsGiven: Array.isArray(spec['versions']),
    validation: mapAt(shared, 'schema'),
    subresources: mapAt(shared, 'subresources'),
    columns: listAt(shared, 'additionalPrinterColumns'),
    selectableFields: listAt(shared, 'selectableFields'),
    conversion: mapAt(spec, 'conversion'),
    preserveUnknownFields: spec['preserveUnknownFields'] === true,
  };
}

function without(map: JsonMap, keys: readonly string[]): JsonMap {
  const rest = { ...map };
  for (const key of keys) delete rest[key];
  return rest;
}
