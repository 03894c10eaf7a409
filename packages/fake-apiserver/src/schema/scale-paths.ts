import { isMap, ownAt, type Json, type JsonMap } from '../json.ts';
import type { ScalePaths } from '../resources/resource-type.ts';
import type { Cause } from '../status.ts';
import { invalidText, invalidValue } from './field-errors.ts';
import { goFloat, goJson, goNumber, isNumber } from './go-text.ts';

const MAX_REPLICAS = 2 ** 31 - 1;

/** The numbers behind a `scale` subresource must be counts (registry/customresource/validator.go). */
export function scaleCauses(
  object: JsonMap,
  scale: ScalePaths | undefined,
  statusAlone: boolean,
): Cause[] {
  if (scale === undefined) return [];
  return [
    ...(statusAlone ? [] : replicasCauses(object, scale.specReplicasPath)),
    ...replicasCauses(object, scale.statusReplicasPath),
    ...selectorCauses(object, scale.labelSelectorPath),
  ];
}

/** What lies under a path, or what stands in its way. */
function lookup(object: JsonMap, path: string): { value?: Json; error?: string } {
  let value: Json = object;
  const walked: string[] = [];
  for (const key of path.replace(/^\./, '').split('.')) {
    if (!isMap(value)) {
      const error = `.${[...walked, key].join('.')} accessor error: ${goValue(value)} is of the type ${goType(value)}, expected map[string]interface{}`;
      return { error };
    }
    walked.push(key);
    const next: Json | undefined = ownAt(value, key);
    if (next === undefined) return {};
    value = next;
  }
  return { value };
}

function replicasCauses(object: JsonMap, path: string): Cause[] {
  const { value, error } = lookup(object, path);
  if (error !== undefined) return [invalidText(path, '0', error)];
  if (value === undefined) return [];
  if (!isNumber(value) || !goNumber(value).integer) {
    const why = `${path} accessor error: ${goValue(value)} is of the type ${goType(value)}, expected int64`;
    return [invalidText(path, '0', why)];
  }
  const replicas = goNumber(value).value;
  if (replicas < 0) return [invalidValue(path, value, 'should be a non-negative integer')];
  if (replicas <= MAX_REPLICAS) return [];
  return [invalidValue(path, value, `should be less than or equal to ${MAX_REPLICAS}`)];
}

function selectorCauses(object: JsonMap, path: string | undefined): Cause[] {
  if (path === undefined || path === '') return [];
  const { value, error } = lookup(object, path);
  if (error !== undefined) return [invalidValue(path, '', error)];
  if (value === undefined || typeof value === 'string') return [];
  const why = `${path} accessor error: ${goValue(value)} is of the type ${goType(value)}, expected string`;
  return [invalidValue(path, '', why)];
}

function goType(value: Json): string {
  if (value === null) return '<nil>';
  if (isNumber(value)) return goNumber(value).integer ? 'int64' : 'float64';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'boolean') return 'bool';
  return isMap(value) ? 'map[string]interface {}' : 'string';
}

/** `%v` of a value, as far as one is likely to stand there. */
function goValue(value: Json): string {
  if (value === null) return '<nil>';
  if (typeof value === 'string') return value;
  if (!isNumber(value)) return goJson(value);
  const number = goNumber(value);
  return number.integer ? number.text : goFloat(number.value);
}
