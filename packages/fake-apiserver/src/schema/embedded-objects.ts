import { isMap, stringAt, type Json, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';
import { metadataCausesOf } from '../write/metadata-causes.ts';
import { DecodeError, goTypeOf, readObjectMeta } from '../write/object-meta.ts';
import { labelFaults } from '../write/qualified-name.ts';
import { at, child, invalidValue, required } from './field-errors.ts';
import { goJson, valueText } from './go-text.ts';
import { holdsEmbedded } from './prune.ts';
import { schemaOf, type Schema } from './schema.ts';

type Visit = (object: JsonMap, path: string) => void;

/** Calls `visit` with every embedded object (`x-kubernetes-embedded-resource`) below `value`. */
function visitEmbedded(value: Json | undefined, schema: Schema, path: string, visit: Visit): void {
  if (!holdsEmbedded(schema)) return;
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return;
    for (const [index, item] of value.entries()) {
      visitEmbedded(item, items, at(path, index), visit);
    }
  } else if (isMap(value)) {
    if (schema.embedded) visit(value, path);
    for (const key of Object.keys(value)) {
      const declared = schema.properties?.get(key);
      const inner = declared ?? schema.others;
      if (typeof inner !== 'object') continue;
      const where = declared === undefined ? at(path, key) : child(path, key);
      visitEmbedded(value[key], inner, where, visit);
    }
  }
}

/**
 * Brings the metadata of embedded objects into the form of Go's `ObjectMeta`
 * (apiextensions-apiserver pkg/apiserver/schema/objectmeta). Changes `object`. Throws a
 * `DecodeError` for a value of a wrong type.
 */
export function readEmbedded(object: JsonMap, source: JsonMap): void {
  visitEmbedded(object, schemaOf(source), '', (embedded, path) => {
    for (const key of ['apiVersion', 'kind']) {
      const value = embedded[key];
      if (value === undefined || typeof value === 'string') continue;
      throw new DecodeError(
        `${child(path, key)}: Invalid value: ${valueText(value)}: must be a string`,
      );
    }
    readMetadata(embedded, child(path, 'metadata'));
  });
}

function readMetadata(object: JsonMap, path: string): void {
  const { metadata } = object;
  if (metadata === undefined) return;
  const shown = goJson(metadata);
  const refuse = (why: string): never => {
    throw new DecodeError(`${path}: Invalid value: ${shown}: ${why}`);
  };
  if (metadata === null) {
    object['metadata'] = {};
    return;
  }
  if (!isMap(metadata)) {
    refuse(`json: cannot unmarshal ${goTypeOf(metadata)} into Go value of type v1.ObjectMeta`);
    return;
  }
  try {
    readObjectMeta(metadata, '');
  } catch (error) {
    if (error instanceof DecodeError) refuse(error.message);
    throw error;
  }
}

/** What is wrong with the type and the metadata of embedded objects; empty when nothing is. */
export function embeddedCauses(value: Json, schema: Schema): Cause[] {
  const causes: Cause[] = [];
  visitEmbedded(value, schema, '', (embedded, path) => {
    for (const key of ['apiVersion', 'kind']) {
      if (embedded[key] === undefined) causes.push(required(child(path, key)));
    }
    causes.push(...typeCauses(embedded, path), ...metadataCauses(embedded, path));
  });
  return causes;
}

const KIND = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const KIND_FAULT =
  "may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

function typeCauses(object: JsonMap, path: string): Cause[] {
  const causes: Cause[] = [];
  const wrong = (key: string, value: string, why: string): void => {
    causes.push(invalidValue(child(path, key), value, why));
  };
  const apiVersion = stringAt(object, 'apiVersion');
  const kind = stringAt(object, 'kind');
  if (apiVersion === '') wrong('apiVersion', apiVersion, 'must not be empty');
  else if (apiVersion !== undefined && apiVersion.split('/').length > 2) {
    wrong('apiVersion', apiVersion, `unexpected GroupVersion string: ${apiVersion}`);
  }
  if (kind === '') wrong('kind', kind, 'must not be empty');
  else if (kind !== undefined && !KIND.test(kind.toLowerCase())) wrong('kind', kind, KIND_FAULT);
  return causes;
}

/** How the metadata of an embedded object is looked at: by whatever name a path can hold. */
const ANY_TYPE = { group: 'rbac.authorization.k8s.io', resource: '', custom: true };

function metadataCauses(object: JsonMap, path: string): Cause[] {
  const { metadata } = object;
  if (!isMap(metadata)) return [];
  const namespace = stringAt(metadata, 'namespace') ?? '';
  const named = { ...metadata, name: stringAt(metadata, 'name') ?? 'fakename' };
  return [
    ...metadataCausesOf(ANY_TYPE, named),
    ...(namespace === '' ? [] : labelFaults(namespace)).map((fault) =>
      invalidValue('metadata.namespace', namespace, fault),
    ),
  ].map((cause) => ({ ...cause, field: child(path, cause.field ?? '') }));
}
