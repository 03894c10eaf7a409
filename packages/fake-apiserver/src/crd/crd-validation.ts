import { isMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';

const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * What is wrong with a CRD, as far as it would be served wrongly
 * (apiextensions-apiserver pkg/apis/apiextensions/validation); empty when nothing is.
 */
export function crdCauses(crd: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = mapAt(crd, 'spec') ?? {};
  return [
    ...nameCauses(crd, spec),
    ...scopeCauses(spec),
    ...versionCauses(spec),
    ...(before === undefined ? [] : immutableCauses(spec, mapAt(before, 'spec') ?? {})),
  ];
}

function required(field: string, why = ''): Cause {
  const message = why === '' ? 'Required value' : `Required value: ${why}`;
  return { reason: 'FieldValueRequired', message, field };
}

function invalidValue(field: string, value: unknown, why: string): Cause {
  const text = JSON.stringify(value);
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${text}: ${why}`, field };
}

function nameCauses(crd: JsonMap, spec: JsonMap): Cause[] {
  const names = mapAt(spec, 'names') ?? {};
  const name = stringAt(mapAt(crd, 'metadata'), 'name') ?? '';
  const group = stringAt(spec, 'group') ?? '';
  const plural = stringAt(names, 'plural') ?? '';
  const kind = stringAt(names, 'kind') ?? '';
  const causes: Cause[] = [];
  if (name !== '' && name !== `${plural}.${group}`) {
    causes.push(invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group'));
  }
  if (group === '') causes.push(required('spec.group'));
  else if (!DNS_SUBDOMAIN.test(group)) {
    causes.push(invalidValue('spec.group', group, 'a lowercase RFC 1123 subdomain is needed'));
  } else if (!group.includes('.')) {
    causes.push(invalidValue('spec.group', group, 'should be a domain with at least one dot'));
  }
  if (plural === '') causes.push(required('spec.names.plural'));
  else if (!DNS_LABEL.test(plural)) {
    causes.push(invalidValue('spec.names.plural', plural, 'a DNS-1035 label is needed'));
  }
  if (kind === '') causes.push(required('spec.names.kind'));
  else if (!DNS_LABEL.test(kind.toLowerCase())) {
    causes.push(
      invalidValue(
        'spec.names.kind',
        kind,
        'may have mixed case, but should otherwise be a DNS-1035 label',
      ),
    );
  }
  const shortNames = stringsAt(names, 'shortNames');
  for (const [index, shortName] of shortNames.entries()) {
    if (!DNS_LABEL.test(shortName)) {
      causes.push(
        invalidValue(`spec.names.shortNames[${index}]`, shortName, 'a DNS-1035 label is needed'),
      );
    }
  }
  return causes;
}

function scopeCauses(spec: JsonMap): Cause[] {
  const scope = stringAt(spec, 'scope') ?? '';
  if (scope === '') return [required('spec.scope')];
  if (scope === 'Cluster' || scope === 'Namespaced') return [];
  return [
    {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: "${scope}": supported values: "Cluster", "Namespaced"`,
      field: 'spec.scope',
    },
  ];
}

function versionCauses(spec: JsonMap): Cause[] {
  const versions = listAt(spec, 'versions').filter((item) => isMap(item));
  const causes: Cause[] = [];
  const stored = versions.filter((version) => version['storage'] === true);
  if (stored.length !== 1) {
    causes.push(
      invalidValue(
        'spec.versions',
        spec['versions'] ?? null,
        'must have exactly one version marked as storage version',
      ),
    );
  }
  const seen = new Set<string>();
  for (const [index, version] of versions.entries()) {
    const field = `spec.versions[${index}]`;
    const name = stringAt(version, 'name') ?? '';
    if (!DNS_LABEL.test(name)) {
      causes.push(invalidValue(`${field}.name`, name, 'a DNS-1035 label is needed'));
    }
    if (seen.has(name)) {
      causes.push(invalidValue(`${field}.name`, name, 'must contain unique version names'));
    }
    seen.add(name);
    causes.push(...schemaCauses(`${field}.schema.openAPIV3Schema`, version));
  }
  return causes;
}

function schemaCauses(field: string, version: JsonMap): Cause[] {
  const schema = mapAt(mapAt(version, 'schema'), 'openAPIV3Schema');
  if (schema === undefined) return [required(field)];
  const type = stringAt(schema, 'type') ?? '';
  if (type === '') return [required(`${field}.type`, 'must not be empty at the root')];
  if (type !== 'object') {
    return [invalidValue(`${field}.type`, type, 'must be object at the root')];
  }
  return [];
}

function immutableCauses(spec: JsonMap, before: JsonMap): Cause[] {
  const causes: Cause[] = [];
  const keep = (field: string, now: unknown, was: unknown): void => {
    if (now !== was) causes.push(invalidValue(field, now, 'field is immutable'));
  };
  keep('spec.group', spec['group'], before['group']);
  keep('spec.scope', spec['scope'], before['scope']);
  keep('spec.names.plural', mapAt(spec, 'names')?.['plural'], mapAt(before, 'names')?.['plural']);
  keep('spec.names.kind', mapAt(spec, 'names')?.['kind'], mapAt(before, 'names')?.['kind']);
  return causes;
}
