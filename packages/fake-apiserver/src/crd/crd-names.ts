import { stringAt, stringsAt, type JsonMap } from '../json.ts';
import { invalidValue, required } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_FAULT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_FAULT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** What is wrong with a DNS-1035 label (apimachinery pkg/util/validation). */
export function labelFaults(name: string): string[] {
  return [
    ...(Buffer.byteLength(name) > 63 ? ['must be no more than 63 characters'] : []),
    ...(LABEL.test(name) ? [] : [LABEL_FAULT]),
  ];
}

function subdomainFaults(name: string): string[] {
  return [
    ...(Buffer.byteLength(name) > 253 ? ['must be no more than 253 characters'] : []),
    ...(SUBDOMAIN.test(name) ? [] : [SUBDOMAIN_FAULT]),
  ];
}

/** A label that is wrong, as one cause: its faults are joined by commas. */
export function labelCauses(field: string, value: string, label = value, before = ''): Cause[] {
  const faults = labelFaults(label);
  return faults.length === 0 ? [] : [invalidValue(field, value, before + faults.join(','))];
}

export function groupCauses(group: string, field: string): Cause[] {
  if (group === '') return [required(field)];
  const faults = subdomainFaults(group);
  if (faults.length > 0) return [invalidValue(field, group, faults.join(','))];
  if (group.includes('.')) return [];
  return [invalidValue(field, group, 'should be a domain with at least one dot')];
}

/** The name of a CRD says what it is of. */
export function crdNameCauses(name: string, wanted: string): Cause[] {
  if (name === '') return [];
  return [
    ...subdomainFaults(name).map((fault) => invalidValue('metadata.name', name, fault)),
    ...(name === wanted
      ? []
      : [invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
  ];
}

const NAMES = ['plural', 'singular', 'kind', 'listKind'] as const;
const MIXED = 'may have mixed case, but should otherwise match: ';

export function requiredNameCauses(names: JsonMap, field: string): Cause[] {
  return NAMES.filter((key) => (stringAt(names, key) ?? '') === '').map((key) =>
    required(`${field}.${key}`),
  );
}

export function nameCauses(names: JsonMap, field: string): Cause[] {
  const given = (key: string): string => stringAt(names, key) ?? '';
  const single = NAMES.flatMap((key) => {
    const name = given(key);
    if (name === '') return [];
    const isKind = key === 'kind' || key === 'listKind';
    return isKind
      ? labelCauses(`${field}.${key}`, name, name.toLowerCase(), MIXED)
      : labelCauses(`${field}.${key}`, name);
  });
  const several = (key: string): Cause[] =>
    stringsAt(names, key).flatMap((name, index) => labelCauses(`${field}.${key}[${index}]`, name));
  const [kind, listKind] = [given('kind'), given('listKind')];
  return [
    ...single,
    ...several('shortNames'),
    ...(kind !== '' && kind === listKind
      ? [invalidValue(`${field}.listKind`, listKind, 'kind and listKind may not be the same')]
      : []),
    ...several('categories'),
  ];
}
