import type { ResourceType } from '../resources/resource-type.ts';
import type { Cause } from '../status.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const LABEL_MESSAGE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** What is wrong with an object's name (apimachinery pkg/util/validation); empty when nothing is. */
export function nameCauses(type: ResourceType, name: string): Cause[] {
  const field = 'metadata.name';
  if (name === '') {
    return [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field,
      },
    ];
  }
  const asLabel =
    type.group === '' && (type.resource === 'namespaces' || type.resource === 'services');
  const [pattern, message, limit] = asLabel
    ? ([LABEL, LABEL_MESSAGE, 63] as const)
    : ([SUBDOMAIN, SUBDOMAIN_MESSAGE, 253] as const);
  const invalid = (why: string): Cause => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: "${name}": ${why}`,
    field,
  });
  return [
    ...(name.length > limit ? [invalid(`must be no more than ${limit} characters`)] : []),
    ...(pattern.test(name) ? [] : [invalid(message)]),
  ];
}

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE_MESSAGE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART_MESSAGE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** What is wrong with labels. */
export function labelCauses(labels: Readonly<Record<string, string>>): Cause[] {
  const causes: Cause[] = [];
  const invalid = (value: string, why: string): void => {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${value}": ${why}`,
      field: 'metadata.labels',
    });
  };
  for (const [key, value] of Object.entries(labels)) {
    const name = key.slice(key.indexOf('/') + 1);
    if (!QUALIFIED_NAME.test(name)) invalid(key, NAME_PART_MESSAGE);
    if (name.length > 63) invalid(key, 'name part must be no more than 63 characters');
    if (value.length > 63) invalid(value, 'must be no more than 63 characters');
    if (!LABEL_VALUE.test(value)) invalid(value, LABEL_VALUE_MESSAGE);
  }
  return causes;
}
