import { mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { forbidden, invalidText, invalidValue } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';
import { defaultCauses } from './default-check.ts';
import { internalSchema, SCHEMA_FIELDS } from './internal-json.ts';
import { ruleContentCauses } from './rule-check.ts';
import { schemaRuleCauses } from './schema-rules.ts';
import { structuralCauses } from './structural-check.ts';
import { schemaProblem } from './structural-schema.ts';

/**
 * What is wrong with the schema of a version, in Kubernetes' order
 * (apiextensions validation.go, validateCustomResourceDefinitionValidation). `validation` is
 * `{openAPIV3Schema}`.
 */
export function validationCauses(
  validation: JsonMap | undefined,
  statusApart: boolean,
  path: string,
): Cause[] {
  const schema = mapAt(validation, 'openAPIV3Schema');
  if (schema === undefined) return [];
  const field = `${path}.openAPIV3Schema`;
  const causes = statusApart ? rootCauses(schema, field) : [];
  if (schema['nullable'] === true) {
    causes.push(forbidden(`${field}.nullable`, 'nullable cannot be true at the root'));
  }
  const problem = schemaProblem(schema);
  if (problem === undefined) causes.push(...structureCauses(schema, field));
  causes.push(...schemaRuleCauses(schema, field));
  if (causes.length > 0) return causes;
  if (problem === undefined) return ruleContentCauses(schema, field);
  return [invalidValue(field, '', problem)];
}

function structureCauses(schema: JsonMap, field: string): Cause[] {
  const causes = structuralCauses(schema, field);
  return causes.length > 0 ? causes : defaultCauses(schema, field, true);
}

const ALLOWED_AT_ROOT = [
  'Description',
  'Type',
  'Format',
  'Title',
  'Maximum',
  'ExclusiveMaximum',
  'Minimum',
  'ExclusiveMinimum',
  'MaxLength',
  'MinLength',
  'Pattern',
  'MaxItems',
  'MinItems',
  'UniqueItems',
  'MultipleOf',
  'Required',
  'Items',
  'Properties',
  'ExternalDocs',
  'Example',
  'XPreserveUnknownFields',
  'XValidations',
];

/** The status is validated by its own part of the schema, and so little else may be at the root. */
function rootCauses(schema: JsonMap, field: string): Cause[] {
  for (const [name, key] of SCHEMA_FIELDS) {
    if (isZero(schema[key])) continue;
    const type = stringAt(schema, 'type') ?? '';
    if (name === 'Type' && type !== 'object') {
      const why =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      return [invalidValue(`${field}.type`, type, why)];
    }
    if (ALLOWED_AT_ROOT.includes(name)) continue;
    const why = `only [${ALLOWED_AT_ROOT.join(' ')}] fields are allowed at the root of the schema if the status subresource is enabled`;
    return [invalidText(field, internalSchema(schema), why)];
  }
  return [];
}

function isZero(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return Array.isArray(value) && value.length === 0;
}
