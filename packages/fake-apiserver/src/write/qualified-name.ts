/**
 * The forms of names that Kubernetes knows (apimachinery pkg/util/validation): each function says
 * what is wrong with a text, and nothing when nothing is.
 */

const LABEL_FORMAT = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN_FORMAT = `${LABEL_FORMAT}(\\.${LABEL_FORMAT})*`;
const NAME_FORMAT = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL = new RegExp(`^${LABEL_FORMAT}$`);
const SUBDOMAIN = new RegExp(`^${SUBDOMAIN_FORMAT}$`);
const NAME = new RegExp(`^${NAME_FORMAT}$`);
const VALUE = new RegExp(`^(${NAME_FORMAT})?$`);

const EDGES = 'and must start and end with an alphanumeric character';
const LABEL_MESSAGE = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${EDGES} (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL_FORMAT}')`;
const SUBDOMAIN_MESSAGE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${EDGES} (e.g. 'example.com', regex used for validation is '${SUBDOMAIN_FORMAT}')`;
const NAME_MESSAGE = `must consist of alphanumeric characters, '-', '_' or '.', ${EDGES} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME_FORMAT}')`;
const VALUE_MESSAGE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${EDGES} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${NAME_FORMAT})?')`;

function tooLong(text: string, limit: number, unit: 'bytes' | 'characters'): string[] {
  return Buffer.byteLength(text) > limit ? [`must be no more than ${limit} ${unit}`] : [];
}

/** RFC 1123 label: the name of a namespace or a service. */
export function labelFaults(text: string): string[] {
  const long = tooLong(text, 63, 'characters');
  if (LABEL.test(text)) return long;
  return [...long, SUBDOMAIN.test(text) ? 'must not contain dots' : LABEL_MESSAGE];
}

/** RFC 1123 subdomain: the name of most things. */
export function subdomainFaults(
  text: string,
  unit: 'bytes' | 'characters' = 'characters',
): string[] {
  return [...tooLong(text, 253, unit), ...(SUBDOMAIN.test(text) ? [] : [SUBDOMAIN_MESSAGE])];
}

/** What may stand as one segment of a path: the names of roles and their bindings. */
export function pathSegmentFaults(text: string): string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%'].flatMap((sign) => (text.includes(sign) ? [`may not contain '${sign}'`] : []));
}

/** `name` or `example.com/name`: the key of a label, an annotation or a finalizer. */
export function qualifiedNameFaults(text: string): readonly string[] {
  if (text.length <= 253 && PLAIN_NAME.test(text)) return NO_FAULTS;
  const parts = text.split('/');
  if (parts.length > 2) {
    return [
      `a valid label key ${NAME_MESSAGE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  return [
    ...(parts.length === 2 ? prefixFaults(parts[0] ?? '') : []),
    ...(name === '' ? ['name part must be non-empty'] : nameParts(tooLong(name, 63, 'bytes'))),
    ...(NAME.test(name) ? [] : [`name part ${NAME_MESSAGE}`]),
  ];
}

const NO_FAULTS: readonly string[] = [];

/** Most names, as most are written: nothing more needs to be known of them. */
const PLAIN_NAME =
  /^([a-z0-9]+(\.[a-z0-9]+){0,6}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

function nameParts(faults: readonly string[]): string[] {
  return faults.map((fault) => `name part ${fault}`);
}

function prefixFaults(prefix: string): string[] {
  const faults = prefix === '' ? ['must be non-empty'] : subdomainFaults(prefix, 'bytes');
  return faults.map((fault) => `prefix part ${fault}`);
}

export function labelValueFaults(text: string): readonly string[] {
  if (text.length <= 63 && VALUE.test(text)) return NO_FAULTS;
  return [...tooLong(text, 63, 'bytes'), ...(VALUE.test(text) ? [] : [VALUE_MESSAGE])];
}
