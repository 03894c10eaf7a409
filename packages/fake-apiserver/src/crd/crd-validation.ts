import { listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import { at, invalidText, invalidValue, notSupported, required } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';
import { approvalCauses } from './api-approval.ts';
import { isConditionTrue } from './crd-conditions.ts';
import { conversionCauses } from './crd-conversion.ts';
import {
  crdNameCauses,
  groupCauses,
  labelCauses,
  nameCauses,
  requiredNameCauses,
} from './crd-names.ts';
import { validationCauses } from './crd-schema.ts';
import {
  columnCauses,
  deprecationCauses,
  selectableCauses,
  subresourceCauses,
} from './crd-versions.ts';
import { internalSpec, type InternalSpec } from './internal-crd.ts';
import { internalVersions } from './internal-json.ts';
import { visitSchemas } from './structural-schema.ts';

/**
 * What is wrong with a CRD, in the words and the order of apiextensions-apiserver
 * pkg/apis/apiextensions/validation; empty when nothing is. The CRD has its defaults and the status
 * that it would be stored with. `before` is undefined on create.
 */
export function crdCauses(crd: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = internalSpec(mapAt(crd, 'spec') ?? {});
  const status = mapAt(crd, 'status') ?? {};
  const name = stringAt(mapAt(crd, 'metadata'), 'name') ?? '';
  const plural = stringAt(spec.names, 'plural') ?? '';
  return [
    ...(before === undefined ? crdNameCauses(name, `${plural}.${spec.group}`) : []),
    ...specCauses(spec, 'spec'),
    ...(before === undefined ? [] : immutableCauses(spec, before)),
    ...nameCauses(mapAt(status, 'acceptedNames') ?? {}, 'status.acceptedNames'),
    ...storedVersionCauses(stringsAt(status, 'storedVersions'), spec, 'status.storedVersions'),
    ...approvalCauses(crd, before),
    ...preserveCauses(spec, before),
  ];
}

function specCauses(spec: InternalSpec, path: string): Cause[] {
  const { names, versions } = spec;
  const [first] = versions;
  return [
    ...groupCauses(spec.group, `${path}.group`),
    ...scopeCauses(spec.scope, `${path}.scope`),
    ...missingSchemaCauses(spec, path),
    ...preservedDefaultsCauses(spec, `${path}.preserveUnknownFields`),
    ...versions.flatMap((version, index) =>
      versionCauses(version, spec, at(`${path}.versions`, index)),
    ),
    ...versionListCauses(spec.versionsGiven ? versions : undefined, `${path}.versions`),
    // The internal version says its first version at the top as well.
    ...(first === undefined || first['name'] === ''
      ? []
      : labelCauses(`${path}.version`, stringAt(first, 'name') ?? '')),
    ...requiredNameCauses(names, `${path}.names`),
    ...nameCauses(names, `${path}.names`),
    ...validationCauses(spec.validation, hasStatus(spec), `${path}.validation`),
    ...subresourceCauses(spec.subresources, `${path}.subresources`),
    ...columnCauses(spec.columns, `${path}.additionalPrinterColumns`),
    ...sharedSelectableCauses(spec, path),
    ...preservedConversionCauses(spec, `${path}.conversion.strategy`),
    ...conversionCauses(spec.conversion, `${path}.conversion`),
  ];
}

function scopeCauses(scope: string, field: string): Cause[] {
  if (scope === '') return [required(field)];
  if (scope === 'Cluster' || scope === 'Namespaced') return [];
  return [notSupported(field, scope, ['Cluster', 'Namespaced'])];
}

function missingSchemaCauses(spec: InternalSpec, path: string): Cause[] {
  if (schemaIn(spec.validation) !== undefined) return [];
  return spec.versions.flatMap((version, index) =>
    schemaIn(mapAt(version, 'schema')) === undefined
      ? [required(`${at(`${path}.versions`, index)}.schema.openAPIV3Schema`)]
      : [],
  );
}

function schemaIn(validation: JsonMap | undefined): JsonMap | undefined {
  return mapAt(validation, 'openAPIV3Schema');
}

function hasStatus(spec: InternalSpec): boolean {
  return [
    spec.subresources,
    ...spec.versions.map((version) => mapAt(version, 'subresources')),
  ].some((subresources) => mapAt(subresources, 'status') !== undefined);
}

function versionCauses(version: JsonMap, spec: InternalSpec, path: string): Cause[] {
  const subresources = mapAt(version, 'subresources');
  const statusApart = mapAt(subresources ?? spec.subresources, 'status') !== undefined;
  const schema = mapAt(version, 'schema');
  const selectable = listAt(version, 'selectableFields');
  return [
    ...labelCauses(`${path}.name`, stringAt(version, 'name') ?? ''),
    ...deprecationCauses(version, `${path}.deprecationWarning`),
    ...validationCauses(schema, statusApart, `${path}.schema`),
    ...subresourceCauses(subresources, `${path}.subresources`),
    ...columnCauses(
      listAt(version, 'additionalPrinterColumns'),
      `${path}.additionalPrinterColumns`,
    ),
    ...(selectable.length === 0
      ? []
      : selectableIn(
          schemaIn(schema),
          (found) =>
            selectableCauses(
              selectable,
              found,
              `${path}.selectableFields`,
              `${path}.schema.openAPIV3Schema`,
            ),
          invalidValue(
            `${path}.selectableFields`,
            '',
            'may only be set when `version.schema.openAPIV3Schema` is not included',
          ),
        )),
  ];
}

function sharedSelectableCauses(spec: InternalSpec, path: string): Cause[] {
  if (spec.selectableFields.length === 0) return [];
  return selectableIn(
    schemaIn(spec.validation),
    (found) =>
      selectableCauses(
        spec.selectableFields,
        found,
        `${path}.selectableFields`,
        `${path}.schema.openAPIV3Schema`,
      ),
    invalidValue(
      `${path}.selectableFields`,
      '',
      'may only be set when validations.schema is included',
    ),
  );
}

function selectableIn(
  schema: JsonMap | undefined,
  check: (schema: JsonMap) => Cause[],
  missing: Cause,
): Cause[] {
  return schema === undefined ? [missing] : check(schema);
}

function versionListCauses(given: readonly JsonMap[] | undefined, field: string): Cause[] {
  const versions = given ?? [];
  const names = versions.map((version) => version['name']);
  const stored = versions.filter((version) => version['storage'] === true);
  const wrong = (why: string): Cause => invalidText(field, internalVersions(given), why);
  return [
    ...(new Set(names).size === names.length ? [] : [wrong('must contain unique version names')]),
    ...(stored.length === 1
      ? []
      : [wrong('must have exactly one version marked as storage version')]),
  ];
}

function immutableCauses(spec: InternalSpec, before: JsonMap): Cause[] {
  const old = internalSpec(mapAt(before, 'spec') ?? {});
  const causes: Cause[] = [];
  const keep = (field: string, now: string, was: string): void => {
    if (now !== was) causes.push(invalidValue(field, now, 'field is immutable'));
  };
  const name = (of: InternalSpec, key: string): string => stringAt(of.names, key) ?? '';
  if (isConditionTrue(before, 'Established')) {
    keep('spec.scope', spec.scope, old.scope);
    keep('spec.names.kind', name(spec, 'kind'), name(old, 'kind'));
  }
  keep('spec.group', spec.group, old.group);
  keep('spec.names.plural', name(spec, 'plural'), name(old, 'plural'));
  return causes;
}

function storedVersionCauses(
  stored: readonly string[],
  spec: InternalSpec,
  field: string,
): Cause[] {
  if (stored.length === 0)
    return [invalidText(field, 'null', 'must have at least one stored version')];
  const served = spec.versions.map((version) => stringAt(version, 'name') ?? '');
  const storage = spec.versions
    .filter((version) => version['storage'] === true)
    .map((version) => stringAt(version, 'name') ?? '')
    .filter((version) => !stored.includes(version));
  return [
    ...storage.map((version) =>
      invalidValue(field, [...stored], `must have the storage version ${version}`),
    ),
    ...stored.flatMap((version, index) =>
      served.includes(version) ? [] : [invalidValue(at(field, index), version, missing(version))],
    ),
  ];
}

function missing(version: string): string {
  return `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`;
}

function preserveCauses(spec: InternalSpec, before: JsonMap | undefined): Cause[] {
  const preserved = mapAt(before, 'spec')?.['preserveUnknownFields'] === true;
  if (!spec.preserveUnknownFields || preserved) return [];
  const why =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  return [invalidValue('spec.preserveUnknownFields', true, why)];
}

function preservedDefaultsCauses(spec: InternalSpec, field: string): Cause[] {
  if (!spec.preserveUnknownFields) return [];
  const schemas = [spec.validation, ...spec.versions.map((version) => mapAt(version, 'schema'))];
  let hasDefaults = false;
  for (const validation of schemas) {
    const schema = schemaIn(validation);
    if (schema === undefined) continue;
    visitSchemas(schema, (part) => {
      hasDefaults ||= (part['default'] ?? null) !== null;
    });
  }
  if (!hasDefaults) return [];
  return [invalidValue(field, true, 'must be false in order to use defaults in the schema')];
}

function preservedConversionCauses(spec: InternalSpec, field: string): Cause[] {
  const strategy = stringAt(spec.conversion, 'strategy') ?? '';
  if (!spec.preserveUnknownFields || strategy === 'None') return [];
  const why = 'must be None if spec.preserveUnknownFields is true';
  return [invalidValue(field, strategy, why)];
}
