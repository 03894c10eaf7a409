import { goTypeName, plainValue } from '../fields/go-value.ts';
import { clone, isMap, mapAt, ownAt, setOwn, stringAt, type Json, type JsonMap } from '../json.ts';
import { badRequest, internalError } from '../status.ts';
import { followsOrder, inOrder } from './element-order.ts';

const PATCH = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const SET_ORDER = '$setElementOrder';

/**
 * Kubernetes' strategic merge patch (apimachinery pkg/util/strategicpatch): maps merge, and lists as
 * the schema's patch strategy says, with the directives `$patch`, `$retainKeys`,
 * `$deleteFromPrimitiveList` and `$setElementOrder`. Changes and returns `target`. Throws 400 or 500
 * for directives that make no sense.
 */
export function strategicMergePatch(
  target: JsonMap,
  patch: JsonMap,
  schema: JsonMap | undefined,
): JsonMap {
  const directive = patch[PATCH];
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined) throw unknownDirective(patch);
  retainKeys(target, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || key === RETAIN_KEYS) continue;
    if (key.startsWith(SET_ORDER)) setOrder(target, patch, key, schema);
    else if (key.startsWith(DELETE_FROM)) deleteFrom(target, key.slice(DELETE_FROM.length), value);
    else if (value === null) delete target[key];
    else if (patch[`${SET_ORDER}/${key}`] === undefined) {
      setOwn(target, key, merged(ownAt(target, key), value, fieldSchema(schema, key)));
    }
  }
  return target;
}

function fieldSchema(schema: JsonMap | undefined, key: string): JsonMap | undefined {
  return mapAt(mapAt(schema, 'properties'), key) ?? mapAt(schema, 'additionalProperties');
}

function merged(target: Json | undefined, patch: Json, schema: JsonMap | undefined): Json {
  if (isMap(target) && isMap(patch)) {
    return strategyOf(schema).includes('replace')
      ? patch
      : strategicMergePatch(target, patch, schema);
  }
  if (Array.isArray(target) && Array.isArray(patch)) return mergedLists(target, patch, schema);
  return plain(patch);
}

function strategyOf(schema: JsonMap | undefined): readonly string[] {
  return (stringAt(schema, 'x-kubernetes-patch-strategy') ?? '').split(',');
}

function mergeKeyOf(schema: JsonMap | undefined): string | undefined {
  return stringAt(schema, 'x-kubernetes-patch-merge-key');
}

function mergedLists(
  live: readonly Json[],
  patch: readonly Json[],
  schema: JsonMap | undefined,
): Json[] {
  if (!strategyOf(schema).includes('merge')) return patch.map(plain);
  const items = mergeItems(live, patch, schema);
  return inOrder(items, patch, live, mergeKeyOf(schema));
}

/** What a list becomes, the live items first. */
function mergeItems(
  live: readonly Json[],
  patch: readonly Json[],
  schema: JsonMap | undefined,
): Json[] {
  const key = mergeKeyOf(schema);
  if (key === undefined) return [...new Set([...live, ...patch])];
  const items = patch.filter((item) => isMap(item));
  const replaces = items.some((item) => item[PATCH] === 'replace');
  let result: Json[] = replaces ? [] : [...live];
  // What is deleted goes first, wherever in the patch it stands.
  for (const item of items) {
    const directive = item[PATCH];
    if (directive === undefined || directive === 'replace') continue;
    if (directive !== 'delete') throw unknownDirective(item);
    const has = hasKeyOf(item, key);
    result = result.filter((present) => !has(present));
  }
  for (const item of items) {
    if (item[PATCH] !== undefined) continue;
    const at = result.findIndex(hasKeyOf(item, key));
    if (at >= 0) result[at] = merged(result[at], item, mapAt(schema, 'items'));
    else result.push(withoutDirectives(item));
  }
  return result;
}

/** Tells the items that a patch's item is about; throws where it does not say which. */
function hasKeyOf(item: JsonMap, key: string): (present: Json) => boolean {
  const value = item[key];
  if (value !== undefined) return (present) => isMap(present) && present[key] === value;
  throw internalError(`map: ${plainValue(item)} does not contain declared merge key: ${key}`);
}

function unknownDirective(map: JsonMap): Error {
  return internalError(
    `unknown patch type: ${plainValue(map[PATCH] ?? null)} in map: ${plainValue(map)}`,
  );
}

/** Of the live keys only those that the patch names stay. */
function retainKeys(target: JsonMap, patch: JsonMap): void {
  const retained = patch[RETAIN_KEYS];
  if (retained === undefined) return;
  const kept: readonly Json[] = Array.isArray(retained) ? retained : [];
  const unnamed = Object.keys(patch).some((key) => !key.startsWith('$') && !kept.includes(key));
  if (unnamed) throw badRequest('invalid patch format of retainKeys');
  for (const key of Object.keys(target)) if (!kept.includes(key)) delete target[key];
}

/** A patch may say in which order the items come, those that it leaves alone among them. */
function setOrder(
  target: JsonMap,
  patch: JsonMap,
  directive: string,
  schema: JsonMap | undefined,
): void {
  const order = patch[directive];
  if (!Array.isArray(order)) {
    throw internalError(`expected a []interface {}, but received a ${goTypeName(order ?? null)}`);
  }
  const field = directive.slice(SET_ORDER.length + 1);
  const live = ownAt(target, field);
  const change = ownAt(patch, field);
  if (live === undefined && change === undefined) return;
  const list = fieldSchema(schema, field);
  const before = Array.isArray(live) ? live : [];
  const wanted = Array.isArray(change) ? change : [];
  if (!followsOrder(wanted, order, mergeKeyOf(list))) {
    throw internalError(
      `The order in patch list:\n${plainValue(wanted)}\n doesn't match $setElementOrder list:\n${plainValue(order)}\n`,
    );
  }
  const after = Array.isArray(change) ? mergeItems(before, wanted, list) : before;
  setOwn(target, field, inOrder(after, order, before, mergeKeyOf(list)));
}

function deleteFrom(target: JsonMap, field: string, gone: Json): void {
  const live = ownAt(target, field);
  if (!Array.isArray(live) || !Array.isArray(gone)) return;
  setOwn(
    target,
    field,
    live.filter((item) => !gone.includes(item)),
  );
}

/** A value of a patch for something new: without directives and nulls. */
function plain(value: Json): Json {
  if (Array.isArray(value)) {
    return value.filter((item) => !isMap(item) || item[PATCH] === undefined).map(plain);
  }
  return isMap(value) ? withoutDirectives(value) : clone(value);
}

function withoutDirectives(map: JsonMap): JsonMap {
  const result: JsonMap = {};
  for (const [key, item] of Object.entries(map)) {
    if (key.startsWith('$') || item === undefined || item === null) continue;
    setOwn(result, key, plain(item));
  }
  return result;
}
