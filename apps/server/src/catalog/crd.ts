import { crdFacts, type JsonObject, type JsonValue } from '@kindscope/kube';
import type { CrdFacts } from '@kindscope/protocol';
import type { ResourceBase } from './resource-base.ts';

/** What every served custom resource can do, as a kube-apiserver's discovery lists it. */
const customResourceVerbs = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];

/** A CRD as a catalogue item: complete before discovery knows of it. */
export interface CrdEntry {
  /** `group/resource` */
  readonly id: string;
  readonly facts: CrdFacts;
  /** Absent where the CRD serves no version (any more). */
  readonly base: ResourceBase | undefined;
  /** Being served: a watch of it would succeed. */
  readonly established: boolean;
  readonly object: JsonObject;
}

/** Undefined where the object has not what every CRD has: it is then no CRD to show. */
export function readCrd(object: JsonObject): CrdEntry | undefined {
  const spec = record(object['spec']);
  const names = record(spec?.['names']);
  const group = spec?.['group'];
  const resource = names?.['plural'];
  const kind = names?.['kind'];
  if (typeof group !== 'string' || typeof resource !== 'string' || typeof kind !== 'string') {
    return undefined;
  }
  const facts = crdFacts(object);
  const versions = facts.versions.filter(({ served }) => served).map(({ name }) => name);
  const [version] = versions;
  const id = `${group}/${resource}`;
  const base =
    version === undefined
      ? undefined
      : {
          id,
          group,
          version,
          resource,
          kind,
          namespaced: spec?.['scope'] === 'Namespaced',
          verbs: customResourceVerbs,
          shortNames: strings(names?.['shortNames']),
          categories: strings(names?.['categories']),
          versions,
          crd: facts,
        };
  return { id, facts, base, established: isEstablished(object), object };
}

function isEstablished(object: JsonObject): boolean {
  const conditions = record(object['status'])?.['conditions'];
  return (
    Array.isArray(conditions) &&
    conditions.some((condition: JsonValue) => {
      const { type, status } = record(condition) ?? {};
      return type === 'Established' && status === 'True';
    })
  );
}

function record(value: JsonValue | undefined): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as JsonObject;
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The field selectors that may be used on the resource, the CRD's own included. */
export function selectableFields(
  crd: CrdEntry | undefined,
  version: string,
  namespaced: boolean,
): string[] {
  const versions = record(crd?.object['spec'])?.['versions'];
  const found = Array.isArray(versions)
    ? versions.find((entry: JsonValue) => record(entry)?.['name'] === version)
    : undefined;
  const declared = record(found)?.['selectableFields'];
  const own = Array.isArray(declared)
    ? strings(declared.map((field: JsonValue) => record(field)?.['jsonPath'] ?? null))
    : [];
  return [
    'metadata.name',
    ...(namespaced ? ['metadata.namespace'] : []),
    ...own.map((path) => path.replace(/^\./, '')),
  ];
}
