import { clone, isMap, type Json, type JsonMap } from '../json.ts';

/**
 * The keys by which Kubernetes' built-in types merge their lists (`patchMergeKey` in k8s.io/api),
 * by the list's field name. A list of any other name is replaced.
 */
const MERGE_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['ephemeralContainers', ['name']],
  ['volumes', ['name']],
  ['env', ['name']],
  ['imagePullSecrets', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['ports', ['containerPort', 'port']],
  ['conditions', ['type']],
  ['addresses', ['type']],
  ['ownerReferences', ['uid']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey']],
  ['secrets', ['name']],
]);

/** Lists of plain values that are merged as sets. */
const SETS = new Set(['finalizers']);

/**
 * Kubernetes' strategic merge patch for built-in types: maps merge, lists with a known key merge
 * by it, with the directives `$patch: delete|replace`, `$retainKeys`, `$deleteFromPrimitiveList`
 * (`$setElementOrder` is accepted; the order of the live list stays). Changes and returns `target`.
 */
export function strategicMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return withoutDirectives(patch);
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  if (patch['$patch'] === 'delete') return {};
  const result: JsonMap = isMap(target) ? target : {};
  const retained = patch['$retainKeys'];
  if (Array.isArray(retained)) {
    for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key];
  }
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      deleteFromSet(result, key.slice(key.indexOf('/') + 1), value);
    } else if (key.startsWith('$')) continue;
    else if (value === null) delete result[key];
    else result[key] = mergeField(key, result[key], value);
  }
  return result;
}

function mergeField(field: string, target: Json | undefined, patch: Json): Json {
  if (!Array.isArray(patch)) return strategicMergePatch(target, patch);
  const live = Array.isArray(target) ? target : [];
  if (SETS.has(field)) return [...live, ...patch.filter((item) => !live.includes(item))];
  const key = mergeKeyOf(field, patch);
  return key === undefined ? withoutDirectives(patch) : mergeList(key, live, patch);
}

function mergeKeyOf(field: string, patch: readonly Json[]): string | undefined {
  const items = patch.filter((item) => isMap(item));
  if (items.length !== patch.length) return undefined;
  return MERGE_KEYS.get(field)?.find((key) =>
    items.every((item) => item[key] !== undefined || item['$patch'] === 'replace'),
  );
}

function mergeList(key: string, live: readonly Json[], patch: readonly Json[]): Json[] {
  const items = patch.filter((item) => isMap(item));
  const replaces = items.some((item) => item['$patch'] === 'replace');
  const result: Json[] = replaces ? [] : [...live];
  for (const item of items) {
    if (item['$patch'] === 'replace') continue;
    const at = result.findIndex((present) => isMap(present) && present[key] === item[key]);
    if (item['$patch'] === 'delete') {
      if (at >= 0) result.splice(at, 1);
    } else if (at >= 0) result[at] = strategicMergePatch(result[at], item);
    else result.push(strategicMergePatch({}, item));
  }
  return result;
}

function deleteFromSet(holder: JsonMap, field: string, gone: Json): void {
  const live = holder[field];
  if (!Array.isArray(live) || !Array.isArray(gone)) return;
  holder[field] = live.filter((item) => !gone.includes(item));
}

function withoutDirectives(value: Json): Json {
  if (Array.isArray(value)) {
    return value
      .filter((item) => !isMap(item) || item['$patch'] === undefined)
      .map((item) => withoutDirectives(item));
  }
  if (!isMap(value)) return clone(value);
  const plain: JsonMap = {};
  for (const [key, item] of Object.entries(value)) {
    if (!key.startsWith('$') && item !== undefined && item !== null) {
      plain[key] = withoutDirectives(item);
    }
  }
  return plain;
}
