import {
  isMap,
  listAt,
  mapAt,
  stringAt,
  stringMapAt,
  type Json,
  type JsonMap,
} from '../../json.ts';
import { at, child, invalidValue, notSupported, required } from '../../schema/field-errors.ts';
import { goNumber, isNumber } from '../../schema/go-text.ts';
import type { Cause } from '../../status.ts';
import { labelValueFaults, qualifiedNameFaults } from '../../write/qualified-name.ts';

/** What is wrong with a part of an object that lies at `path`. */
export type Check<T extends Json | undefined = JsonMap> = (value: T, path: string) => Cause[];

export function mapsAt(parent: JsonMap | undefined, key: string): JsonMap[] {
  return listAt(parent, key).map((item) => (isMap(item) ? item : {}));
}

/** A number as a double; undefined for what is none. */
export function numberAt(parent: JsonMap | undefined, key: string): number | undefined {
  const value = parent?.[key];
  return isNumber(value) ? goNumber(value).value : undefined;
}

export function notNegative(parent: JsonMap | undefined, path: string, ...keys: string[]): Cause[] {
  return keys.flatMap((key) =>
    (numberAt(parent, key) ?? 0) < 0
      ? [invalidValue(child(path, key), parent?.[key], 'must be greater than or equal to 0')]
      : [],
  );
}

/** A value of which there are only some; what is not there is not checked. */
export function oneOf(
  parent: JsonMap | undefined,
  path: string,
  key: string,
  supported: readonly string[],
): Cause[] {
  const value = stringAt(parent, key) ?? '';
  if (value === '' || supported.includes(value)) return [];
  return [notSupported(child(path, key), value, supported)];
}

export function requiredText(parent: JsonMap | undefined, path: string, key: string): Cause[] {
  return (stringAt(parent, key) ?? '') === '' ? [required(child(path, key))] : [];
}

/** A text that is there must have no faults. */
export function formed(
  parent: JsonMap | undefined,
  path: string,
  key: string,
  faultsOf: (text: string) => readonly string[],
): Cause[] {
  const text = stringAt(parent, key) ?? '';
  if (text === '') return [];
  return faultsOf(text).map((fault) => invalidValue(child(path, key), text, fault));
}

export function portNumber(value: Json | undefined, path: string): Cause[] {
  const port = isNumber(value) ? goNumber(value).value : 0;
  if (port >= 1 && port <= 65_535) return [];
  return [invalidValue(path, value ?? 0, 'must be between 1 and 65535, inclusive')];
}

/** IANA service names (apimachinery IsValidPortName). */
export function portNameFaults(name: string): string[] {
  return [
    ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
    ...(/^[-a-z0-9]*$/.test(name)
      ? []
      : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
    ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
    ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(/^-|-$/.test(name) ? ['must not begin or end with a hyphen'] : []),
  ];
}

/** `8080` or `http`. */
export function portReference(value: Json | undefined, path: string): Cause[] {
  if (typeof value !== 'string') return portNumber(value, path);
  return portNameFaults(value).map((fault) => invalidValue(path, value, fault));
}

export function labelsCheck(parent: JsonMap | undefined, key: string, path: string): Cause[] {
  return Object.entries(stringMapAt(parent, key)).flatMap(([name, value]) => [
    ...qualifiedNameFaults(name).map((fault) => invalidValue(path, name, fault)),
    ...labelValueFaults(value).map((fault) => invalidValue(path, value, fault)),
  ]);
}

const SET_OPERATORS = new Set(['In', 'NotIn']);
const OPERATORS = new Set([...SET_OPERATORS, 'Exists', 'DoesNotExist']);

/** apimachinery pkg/apis/meta/v1/validation, ValidateLabelSelector. */
export const selectorCheck: Check = (selector, path) => [
  ...labelsCheck(selector, 'matchLabels', child(path, 'matchLabels')),
  ...mapsAt(selector, 'matchExpressions').flatMap((item, index) =>
    requirementCheck(item, at(child(path, 'matchExpressions'), index)),
  ),
];

function requirementCheck(item: JsonMap, path: string): Cause[] {
  const operator = stringAt(item, 'operator') ?? '';
  const key = stringAt(item, 'key') ?? '';
  const values = listAt(item, 'values');
  const quantified = SET_OPERATORS.has(operator);
  return [
    ...(quantified && values.length === 0
      ? [required(child(path, 'values'), "must be specified when `operator` is 'In' or 'NotIn'")]
      : []),
    ...(!quantified && OPERATORS.has(operator) && values.length > 0
      ? [
          {
            reason: 'FieldValueForbidden',
            message:
              "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            field: child(path, 'values'),
          },
        ]
      : []),
    ...(OPERATORS.has(operator)
      ? []
      : [invalidValue(child(path, 'operator'), operator, 'not a valid selector operator')]),
    ...qualifiedNameFaults(key).map((fault) => invalidValue(child(path, 'key'), key, fault)),
  ];
}

/** Whether a selector can be read as one at all. */
export function isReadable(selector: JsonMap | undefined): boolean {
  return mapsAt(selector, 'matchExpressions').every((item) => {
    const operator = stringAt(item, 'operator') ?? '';
    return (
      OPERATORS.has(operator) && SET_OPERATORS.has(operator) === listAt(item, 'values').length > 0
    );
  });
}

/** Whether a label selector that can be read selects these labels. No selector selects nothing. */
export function selects(selector: JsonMap | undefined, labels: JsonMap | undefined): boolean {
  if (selector === undefined) return false;
  const wanted = Object.entries(mapAt(selector, 'matchLabels') ?? {});
  if (wanted.some(([key, value]) => labels?.[key] !== value)) return false;
  return mapsAt(selector, 'matchExpressions').every((item) => {
    const value = labels?.[stringAt(item, 'key') ?? ''];
    const listed = value !== undefined && listAt(item, 'values').includes(value);
    switch (item['operator']) {
      case 'In':
        return listed;
      case 'NotIn':
        return !listed;
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}

/** How many conditions a selector has. */
export function sizeOf(selector: JsonMap): number {
  return (
    Object.keys(mapAt(selector, 'matchLabels') ?? {}).length +
    listAt(selector, 'matchExpressions').length
  );
}
