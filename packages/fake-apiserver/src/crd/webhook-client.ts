import { stringAt, type JsonMap } from '../json.ts';
import { invalidValue, required } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';
import { subdomainFaults } from '../write/qualified-name.ts';

const FORM = '; desired format: https://host[/path]';

/** apiserver pkg/util/webhook ValidateWebhookURL. */
export function urlCauses(url: string, field: string): Cause[] {
  const found =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  const [, scheme = '', authority = '', query = '', fragment = ''] = found ?? [];
  const sign = authority.lastIndexOf('@');
  const [user, host] = [authority.slice(0, Math.max(sign, 0)), authority.slice(sign + 1)];
  const causes: Cause[] = [];
  if (scheme.toLowerCase() !== 'https') {
    causes.push(invalidValue(field, scheme, `'https' is the only allowed URL scheme${FORM}`));
  }
  if (host === '') causes.push(invalidValue(field, host, `host must be specified${FORM}`));
  if (sign >= 0) {
    causes.push(invalidValue(field, user, 'user information is not permitted in the URL'));
  }
  if (fragment !== '') {
    causes.push(invalidValue(field, fragment, 'fragments are not permitted in the URL'));
  }
  if (query !== '') {
    causes.push(invalidValue(field, query, 'query parameters are not permitted in the URL'));
  }
  return causes;
}

const MAX_PORT = 65_535;

/** ValidateWebhookService, which is handed name and namespace the wrong way round. */
export function serviceCauses(service: JsonMap, field: string): Cause[] {
  const causes: Cause[] = [];
  if ((stringAt(service, 'namespace') ?? '') === '') causes.push(required(`${field}.name`));
  if ((stringAt(service, 'name') ?? '') === '') causes.push(required(`${field}.namespace`));
  const port = service['port'];
  if (typeof port === 'number' && (port < 1 || port > MAX_PORT)) {
    const why = `port is not valid: must be between 1 and ${MAX_PORT}, inclusive`;
    causes.push(invalidValue(`${field}.port`, port, why));
  }
  return [...causes, ...pathCauses(stringAt(service, 'path') ?? '', `${field}.path`)];
}

function pathCauses(path: string, field: string): Cause[] {
  if (path === '' || path === '/') return [];
  const wrong = (why: string): Cause => invalidValue(field, path, why);
  if (path === '//') return [wrong('segment[0] may not be empty')];
  const steps = path.slice(1).replace(/\/$/, '').split('/');
  return [
    ...(path.startsWith('/') ? [] : [wrong(`must start with a '/'`)]),
    ...steps.flatMap((step, index) =>
      step === ''
        ? [wrong(`segment[${index}] may not be empty`)]
        : subdomainFaults(step).map((fault) => wrong(`segment[${index}]: ${fault}`)),
    ),
  ];
}
