import { isMap, listAt, mapAt, type Json, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';
import { invalidValue } from './scalars.ts';

type Check = (value: Json, schema: JsonMap, path: string) => Cause[];

/** `allOf`, `anyOf`, `oneOf` and `not` (kube-openapi pkg/validation/validate/schema_props.go). */
export function combinationCauses(
  value: Json,
  schema: JsonMap,
  path: string,
  check: Check,
): Cause[] {
  const all = (key: string): Cause[][] =>
    listAt(schema, key)
      .filter((item) => isMap(item))
      .map((item) => check(value, item, path));
  const not = mapAt(schema, 'not');
  return [
    ...all('allOf').flat(),
    ...anyOfCauses(all('anyOf'), path),
    ...oneOfCauses(all('oneOf'), path),
    ...(not !== undefined && check(value, not, path).length === 0
      ? [unnamed(`"${path}" must not validate the schema (not)`)]
      : []),
  ];
}

function unnamed(why: string): Cause {
  return invalidValue('<nil>', '', why);
}

function anyOfCauses(alternatives: readonly Cause[][], path: string): Cause[] {
  if (alternatives.length === 0 || alternatives.some((causes) => causes.length === 0)) return [];
  return [
    unnamed(`"${path}" must validate at least one schema (anyOf)`),
    ...(alternatives[0] ?? []),
  ];
}

function oneOfCauses(alternatives: readonly Cause[][], path: string): Cause[] {
  const valid = alternatives.filter((causes) => causes.length === 0).length;
  if (alternatives.length === 0 || valid === 1) return [];
  const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
  return [unnamed(`"${path}" must validate one and only one schema (oneOf). ${found}`)];
}
