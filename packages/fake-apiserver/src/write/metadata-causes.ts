import { isMap, listAt, stringAt, mapAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { forbidden, invalidText, invalidValue, required, tooLong } from '../schema/field-errors.ts';
import { goQuote } from '../schema/go-text.ts';
import type { Cause } from '../status.ts';
import { nameFaults, prefixFaults, type NamedType } from './names.ts';
import { labelValueFaults, qualifiedNameFaults } from './qualified-name.ts';

/** apimachinery pkg/api/validation ValidateObjectMeta: what is wrong with an object's metadata. */
export function metadataCausesOf(type: NamedType, metadata: JsonMap): Cause[] {
  const name = stringAt(metadata, 'name') ?? '';
  const prefix = stringAt(metadata, 'generateName') ?? '';
  const wrong = (field: string, text: string, faults: readonly string[]): Cause[] =>
    faults.map((fault) => invalidValue(field, text, fault));
  return [
    ...(prefix === '' ? [] : wrong('metadata.generateName', prefix, prefixFaults(type, prefix))),
    ...(name === ''
      ? [required('metadata.name', 'name or generateName is required')]
      : wrong('metadata.name', name, nameFaults(type, name))),
    ...commonCauses(metadata),
    ...finalizerCauses(type, stringsAt(metadata, 'finalizers')),
  ];
}

/** What no write may change; what the server itself keeps is put back before anybody looks. */
const IMMUTABLE = ['uid', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;

/** ValidateObjectMetaUpdate: what is wrong with what a write made of an object's metadata. */
export function changedMetadataCauses(before: JsonMap, after: JsonMap): Cause[] {
  return [
    ...newFinalizerCauses(before, after),
    ...IMMUTABLE.filter((key) => after[key] !== before[key]).map((key) =>
      invalidValue(`metadata.${key}`, after[key], 'field is immutable'),
    ),
    ...commonCauses(after),
  ];
}

function newFinalizerCauses(before: JsonMap, after: JsonMap): Cause[] {
  if (before['deletionTimestamp'] === undefined) return [];
  const held = new Set(stringsAt(before, 'finalizers'));
  const added = stringsAt(after, 'finalizers').filter((finalizer) => !held.has(finalizer));
  if (added.length === 0) return [];
  const list = [...new Set(added)].sort().map(goQuote).join(', ');
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  return [forbidden('metadata.finalizers', detail)];
}

/** What is looked at on every write. */
function commonCauses(metadata: JsonMap): Cause[] {
  return [
    ...labelCauses(mapAt(metadata, 'labels')),
    ...annotationCauses(mapAt(metadata, 'annotations')),
    ...ownerCauses(listAt(metadata, 'ownerReferences')),
  ];
}

function labelCauses(labels: JsonMap | undefined): Cause[] {
  const field = 'metadata.labels';
  const causes: Cause[] = [];
  for (const key in labels) {
    const value = stringAt(labels, key) ?? '';
    for (const fault of qualifiedNameFaults(key)) causes.push(invalidValue(field, key, fault));
    for (const fault of labelValueFaults(value)) causes.push(invalidValue(field, value, fault));
  }
  return causes;
}

const MAX_ANNOTATION_BYTES = 256 * 1024;

function annotationCauses(annotations: JsonMap | undefined): Cause[] {
  const field = 'metadata.annotations';
  const causes: Cause[] = [];
  let bytes = 0;
  for (const key in annotations) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(stringAt(annotations, key) ?? '');
    for (const fault of qualifiedNameFaults(key.toLowerCase())) {
      causes.push(invalidValue(field, key, fault));
    }
  }
  return bytes > MAX_ANNOTATION_BYTES ? [...causes, tooLong(field, MAX_ANNOTATION_BYTES)] : causes;
}

function ownerCauses(owners: readonly Json[]): Cause[] {
  const field = 'metadata.ownerReferences';
  const causes: Cause[] = [];
  let controller: string | undefined;
  for (const owner of owners) {
    if (!isMap(owner)) continue;
    causes.push(...ownerReferenceCauses(owner, field));
    if (owner['controller'] !== true) continue;
    const current = `${stringAt(owner, 'kind') ?? ''}/${stringAt(owner, 'name') ?? ''}`;
    if (controller === undefined) controller = current;
    else {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`;
      causes.push(invalidText(field, JSON.stringify(owners.map(inOrder)), detail));
    }
  }
  return causes;
}

function ownerReferenceCauses(owner: JsonMap, field: string): Cause[] {
  const apiVersion = stringAt(owner, 'apiVersion') ?? '';
  const causes: Cause[] = [];
  // One slash at most: what has more is no version at all.
  if (!/^([^/]*\/)?[^/]+$/.test(apiVersion)) {
    causes.push(invalidValue(`${field}.apiVersion`, apiVersion, 'version must not be empty'));
  }
  for (const key of ['kind', 'name', 'uid']) {
    if ((owner[key] ?? '') === '') {
      causes.push(invalidValue(`${field}.${key}`, '', 'must not be empty'));
    }
  }
  if (apiVersion === 'v1' && owner['kind'] === 'Event') {
    const detail = '/v1, Kind=Event is disallowed from being an owner';
    causes.push(invalidText(field, JSON.stringify(inOrder(owner)), detail));
  }
  return causes;
}

/** An owner reference with its fields in the order of Go's type. */
function inOrder(owner: Json): Json {
  if (!isMap(owner)) return owner;
  const { apiVersion = '', kind = '', name = '', uid = '', ...rest } = owner;
  const { controller, blockOwnerDeletion } = rest;
  return { apiVersion, kind, name, uid, controller, blockOwnerDeletion };
}

const STANDARD_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

function finalizerCauses(type: NamedType, finalizers: readonly string[]): Cause[] {
  const field = 'metadata.finalizers';
  const causes = finalizers.flatMap((finalizer) =>
    qualifiedNameFaults(finalizer).map((fault) => invalidValue(field, finalizer, fault)),
  );
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const detail = 'finalizer orphan and foregroundDeletion cannot be both set';
    causes.push(invalidValue(field, [...finalizers], detail));
  }
  if (type.custom || type.group === 'apiextensions.k8s.io') return causes;
  for (const [index, finalizer] of finalizers.entries()) {
    if (finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)) continue;
    const detail = 'name is neither a standard finalizer name nor is it fully qualified';
    causes.push(invalidValue(`${field}[${index}]`, finalizer, detail));
  }
  return causes;
}

/** What a client is warned of: a finalizer of a custom resource that another one may clash with. */
export function finalizerWarnings(
  type: ResourceType,
  before: JsonMap | undefined,
  after: JsonMap,
): string[] {
  if (!type.custom) return [];
  const held = new Set(stringsAt(before, 'finalizers'));
  return stringsAt(after, 'finalizers')
    .filter((finalizer) => !finalizer.includes('/') && !STANDARD_FINALIZERS.has(finalizer))
    .filter((finalizer) => !held.has(finalizer))
    .map(
      (finalizer) =>
        `metadata.finalizers: ${goQuote(finalizer)}: prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers`,
    );
}
