import { isMap, listAt, stringAt, type JsonMap } from '../json.ts';
import { invalidValue, notSupported, required } from '../schema/field-errors.ts';
import { schemaOf } from '../schema/schema.ts';
import type { Cause } from '../status.ts';
import { findFieldPath } from './crd-paths.ts';
import { schemaProblem } from './structural-schema.ts';

const REASONS = [
  'FieldValueDuplicate',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueRequired',
];

/** What is wrong with how `x-kubernetes-validations` are declared, whatever the rules say. */
export function ruleCauses(schema: JsonMap, path: string): Cause[] {
  return listAt(schema, 'x-kubernetes-validations').flatMap((rule, index) =>
    isMap(rule) ? oneRuleCauses(rule, schema, `${path}.x-kubernetes-validations[${index}]`) : [],
  );
}

function oneRuleCauses(rule: JsonMap, schema: JsonMap, field: string): Cause[] {
  const given = (key: string): string => stringAt(rule, key) ?? '';
  const causes = messageCauses(given('rule'), given('message'), field);
  const expression = given('messageExpression');
  if (expression !== '' && expression.trim() === '') {
    const why = 'messageExpression must be non-empty if specified';
    causes.push(required(`${field}.messageExpression`, why));
  }
  const reason = stringAt(rule, 'reason');
  if (reason !== undefined && !REASONS.includes(reason)) {
    causes.push(notSupported(`${field}.reason`, reason, REASONS));
  }
  return [...causes, ...fieldPathCauses(given('fieldPath'), schema, `${field}.fieldPath`)];
}

function messageCauses(rule: string, message: string, field: string): Cause[] {
  const breaks = /[\n\r]/;
  if (rule.trim() === '') return [required(`${field}.rule`, 'rule is not specified')];
  if (message !== '' && message.trim() === '') {
    return [invalidValue(`${field}.message`, message, 'must be non-empty if specified')];
  }
  if (breaks.test(message.trim())) {
    return [invalidValue(`${field}.message`, message, 'must not contain line breaks')];
  }
  if (breaks.test(rule.trim()) && message.trim() === '') {
    const why = 'message must be specified if rule contains line breaks';
    return [required(`${field}.message`, why)];
  }
  return [];
}

function fieldPathCauses(path: string, schema: JsonMap, field: string): Cause[] {
  if (path === '') return [];
  const wrong = (why: string): Cause => invalidValue(field, path, why);
  return [
    ...(path.trim() === '' ? [wrong('must be non-empty if specified')] : []),
    ...(/[\n\r]/.test(path) ? [wrong('must not contain line breaks')] : []),
    ...(leads(path, schema) ? [] : [wrong('must be a valid path')]),
  ];
}

function leads(path: string, schema: JsonMap): boolean {
  if (schemaProblem(schema) !== undefined) return true;
  return findFieldPath(path, schemaOf(schema), true).kind === 'found';
}
