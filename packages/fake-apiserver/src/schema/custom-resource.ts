import type { Json, JsonMap } from '../json.ts';
import type { ResourceVersionType } from '../resources/resource-type.ts';
import type { Cause } from '../status.ts';
import { hasRules, ruleFindings } from './cel/cel-validate.ts';
import { embeddedCauses } from './embedded-objects.ts';
import { child, invalidText, NO_PATH } from './field-errors.ts';
import { listCauses } from './list-elements.ts';
import { scaleCauses } from './scale-paths.ts';
import { schemaOf, schemaOfKey, type Schema } from './schema.ts';
import { schemaCauses } from './validate.ts';

/**
 * What is wrong with a custom resource by what its CRD declares, in Kubernetes' order
 * (registry/customresource/strategy.go, status_strategy.go). `before` is undefined on create; what
 * was wrong before and has not changed is let be, though of rules it is warned in `warnings`.
 */
export function customResourceCauses(
  version: ResourceVersionType,
  subresource: string | undefined,
  before: JsonMap | undefined,
  after: JsonMap,
  warnings: string[],
): Cause[] {
  if (version.schema === undefined) return [];
  const schema = schemaOf(version.schema);
  const statusAlone = subresource === 'status';
  const causes = [
    ...(statusAlone
      ? statusCauses(after['status'], before?.['status'], schema)
      : schemaCauses(after, schema, before)),
    ...scaleCauses(after, version.scale, statusAlone),
    ...(statusAlone ? [] : embeddedCauses(after, schema)),
    ...newListCauses(after, before, schema),
  ];
  if (!hasRules(schema)) return causes;
  if (causes.some(({ reason }) => BLOCKING.has(reason))) return [...causes, UNCHECKED];
  const found = ruleFindings(after, schema, before);
  warnings.push(...found.warnings);
  return [...causes, ...found.causes];
}

/** Mistakes beside which the rules are not even asked. */
const BLOCKING = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);
const UNCHECKED = invalidText(
  '',
  'null',
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

function statusCauses(status: Json | undefined, before: Json | undefined, root: Schema): Cause[] {
  const schema = schemaOfKey(root, 'status');
  if (status === undefined || schema === undefined) return [];
  return schemaCauses(status, schema, before).map((cause) => {
    const { field = NO_PATH } = cause;
    return { ...cause, field: field === NO_PATH ? 'status' : child('status', field) };
  });
}

/** Lists that were wrong before, wherever in the object, may stay so. */
function newListCauses(after: JsonMap, before: JsonMap | undefined, schema: Schema): Cause[] {
  const causes = listCauses(after, schema);
  if (causes.length === 0 || before === undefined) return causes;
  return listCauses(before, schema).length > 0 ? [] : causes;
}
