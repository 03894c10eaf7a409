import { jsonEquals } from '@kindscope/kube';
import { clone, isMap, mapAt, type JsonMap } from '../json.ts';
import { embeddedCauses } from '../schema/embedded-objects.ts';
import { at, invalidValue, NO_PATH } from '../schema/field-errors.ts';
import { pruneValue } from '../schema/prune.ts';
import { schemaOf } from '../schema/schema.ts';
import { schemaCauses } from '../schema/validate.ts';
import type { Cause } from '../status.ts';

/**
 * Defaults must be pruned and good by the schema they stand in (apiextensions-apiserver
 * pkg/apiserver/schema/defaulting/validation.go).
 */
export function defaultCauses(schema: JsonMap, path: string, root = false): Cause[] {
  const items = mapAt(schema, 'items');
  const properties = Object.entries(mapAt(schema, 'properties') ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return [
    ...ownCauses(schema, root, `${path}.default`),
    ...(items === undefined ? [] : defaultCauses(items, `${path}.items`)),
    ...properties.flatMap(([key, property]) =>
      isMap(property) ? defaultCauses(property, at(`${path}.properties`, key)) : [],
    ),
  ];
}

function ownCauses(schema: JsonMap, root: boolean, field: string): Cause[] {
  const value = schema['default'] ?? null;
  if (value === null) return [];
  const pruned = clone(value);
  pruneValue(pruned, schema);
  const unknown = jsonEquals(pruned, value)
    ? []
    : [invalidValue(field, value, 'must not have unknown fields')];
  const known = schemaOf(schema);
  const embedded = embeddedCauses(value, root ? { ...known, embedded: true } : known);
  const causes = embedded.length > 0 ? embedded : schemaCauses(value, known);
  return [...unknown, ...causes.map((cause) => under(cause, field))];
}

/** The cause of a default, whose path starts where the default lies. */
function under(cause: Cause, field: string): Cause {
  const { field: inner = NO_PATH } = cause;
  return { ...cause, field: inner === NO_PATH ? field : `${field}.${inner}` };
}
