import type { JsonMap } from '../json.ts';
import { GROUP } from './contract-fixtures.ts';

/** A CRD and the parts of it that a case changes. */
export interface CrdParts {
  readonly crd: JsonMap;
  readonly meta: JsonMap;
  readonly spec: JsonMap;
  readonly names: JsonMap;
  readonly version: JsonMap;
  readonly schema: JsonMap;
  /** Of the root of the schema: `spec` alone. */
  readonly properties: JsonMap;
  /** The schema of `spec`. */
  readonly body: JsonMap;
  /** The fields of `spec`. */
  readonly fields: JsonMap;
}

/** A good CRD of levers, in parts. */
export function crdParts(): CrdParts {
  const fields: JsonMap = {
    size: { type: 'integer' },
    list: { type: 'array', items: { type: 'string' } },
  };
  const body: JsonMap = { type: 'object', properties: fields };
  const properties: JsonMap = { spec: body };
  const schema: JsonMap = { type: 'object', properties };
  const version: JsonMap = {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema: schema },
  };
  const names: JsonMap = { plural: 'levers', kind: 'Lever' };
  const spec: JsonMap = { group: GROUP, scope: 'Namespaced', names, versions: [version] };
  const meta: JsonMap = { name: `levers.${GROUP}` };
  const crd: JsonMap = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: meta,
    spec,
  };
  return { crd, meta, spec, names, version, schema, properties, body, fields };
}

/** What a CRD is refused for: a title, what makes it wrong, and each `field: message`. */
export type Refusal = readonly [string, (parts: CrdParts) => void, readonly string[]];

export const NAME = `metadata.name: Invalid value: "levers.${GROUP}": must be spec.names.plural+"."+spec.group`;
export const LABEL =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
export const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** Where Kubernetes says the schema of a CRD's only version to be. */
export const SCHEMA = 'spec.validation.openAPIV3Schema';
/** And the fields of its `spec`. */
export const FIELD = `${SCHEMA}.properties[spec].properties`;
