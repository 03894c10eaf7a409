import { jsonEquals } from '@kindscope/kube';
import { mapAt, ownAt, stringAt, type JsonMap } from '../../json.ts';
import { at, forbidden, invalidValue, required, tooLong } from '../../schema/field-errors.ts';
import type { Cause } from '../../status.ts';

/** What a Secret or a ConfigMap may hold in all. */
const MAX_BYTES = 1024 * 1024;
const KEY = /^[-._a-zA-Z0-9]+$/;
const KEY_MESSAGE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** apimachinery IsConfigMapKey. */
function keyFaults(key: string): string[] {
  return [
    ...(key.length > 253 ? ['must be no more than 253 characters'] : []),
    ...(KEY.test(key) ? [] : [KEY_MESSAGE]),
    ...(key === '.' ? ["must not be '.'"] : []),
    ...(key === '..' ? ["must not be '..'"] : []),
    ...(key.startsWith('..') && key !== '..' ? ["must not start with '..'"] : []),
  ];
}

function keysCheck(object: JsonMap, field: string): Cause[] {
  return Object.keys(mapAt(object, field) ?? {}).flatMap((key) =>
    keyFaults(key).map((fault) => invalidValue(at(field, key), key, fault)),
  );
}

function sizeOf(object: JsonMap, field: string, bytesOf: (text: string) => number): number {
  let size = 0;
  for (const value of Object.values(mapAt(object, field) ?? {})) {
    if (typeof value === 'string') size += bytesOf(value);
  }
  return size;
}

const textBytes = (text: string): number => Buffer.byteLength(text);
const base64Bytes = (text: string): number => Buffer.byteLength(text, 'base64');

/** Once said to be immutable, it stays as it is. */
function frozen(object: JsonMap, before: JsonMap | undefined, fields: readonly string[]): Cause[] {
  if (before?.['immutable'] !== true) return [];
  return ['immutable', ...fields]
    .filter((field) => !jsonEquals(object[field], before[field]))
    .map((field) => forbidden(field, 'field is immutable when `immutable` is set'));
}

export function configMapCheck(object: JsonMap, before: JsonMap | undefined): Cause[] {
  const size = sizeOf(object, 'data', textBytes) + sizeOf(object, 'binaryData', base64Bytes);
  const binary = mapAt(object, 'binaryData');
  return [
    ...frozen(object, before, ['data', 'binaryData']),
    ...keysCheck(object, 'data'),
    ...Object.keys(mapAt(object, 'data') ?? {})
      .filter((key) => ownAt(binary, key) !== undefined)
      .map((key) => invalidValue(at('data', key), key, 'duplicate of key present in binaryData')),
    ...keysCheck(object, 'binaryData'),
    ...(size > MAX_BYTES ? [{ ...tooLong('', MAX_BYTES), field: '[]' }] : []),
  ];
}

/** The keys that a Secret of a well-known type must have; of basic-auth one is enough. */
const REQUIRED_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/basic-auth', ['username', 'password']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
]);
const ACCOUNT = 'kubernetes.io/service-account.name';

export function secretCheck(object: JsonMap, before: JsonMap | undefined): Cause[] {
  const type = stringAt(object, 'type') ?? '';
  return [
    ...(before !== undefined && type !== before['type']
      ? [invalidValue('type', type, 'field is immutable')]
      : []),
    ...frozen(object, before, ['data']),
    ...keysCheck(object, 'data'),
    ...(sizeOf(object, 'data', base64Bytes) > MAX_BYTES ? [tooLong('data', MAX_BYTES)] : []),
    ...typeCheck(object, type),
  ];
}

function typeCheck(object: JsonMap, type: string): Cause[] {
  if (type === 'kubernetes.io/service-account-token') {
    const annotations = mapAt(mapAt(object, 'metadata'), 'annotations');
    const named = (stringAt(annotations, ACCOUNT) ?? '') !== '';
    return named ? [] : [required(at('metadata.annotations', ACCOUNT))];
  }
  const data = mapAt(object, 'data');
  const lacking = (REQUIRED_KEYS.get(type) ?? []).filter((key) => data?.[key] === undefined);
  if (type === 'kubernetes.io/basic-auth' && lacking.length < 2) return [];
  return lacking.map((key) => required(at('data', key)));
}
