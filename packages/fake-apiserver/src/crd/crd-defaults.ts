import { ensureMap, mapAt, stringAt, type JsonMap } from '../json.ts';
import { readCrd } from './read-crd.ts';

const WEBHOOK_PORT = 443;

/** Fills in what a CRD leaves out; it is its writer's (apiextensions v1/defaults.go). */
export function applyCrdDefaults(object: JsonMap): void {
  const spec = ensureMap(object, 'spec');
  const names = ensureMap(spec, 'names');
  const kind = stringAt(names, 'kind') ?? '';
  if (kind !== '') {
    names['singular'] ??= kind.toLowerCase();
    names['listKind'] ??= `${kind}List`;
  }
  const conversion = ensureMapWith(spec, 'conversion', { strategy: 'None' });
  const service = mapAt(mapAt(mapAt(conversion, 'webhook'), 'clientConfig'), 'service');
  if (service !== undefined) service['port'] ??= WEBHOOK_PORT;
}

function ensureMapWith(parent: JsonMap, key: string, fallback: JsonMap): JsonMap {
  parent[key] ??= fallback;
  return ensureMap(parent, key);
}

/** What a CRD is before anything is said of it. */
export function emptyCrd(): JsonMap {
  const crd: JsonMap = {};
  readCrd(crd);
  return crd;
}
