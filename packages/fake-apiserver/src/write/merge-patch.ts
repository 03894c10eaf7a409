import { isMap, ownAt, setOwn, type Json, type JsonMap } from '../json.ts';

/**
 * RFC 7396 as Kubernetes' library has it (evanphx/json-patch): a list in place of a map is taken as
 * it is, with the nulls in its items. Changes and returns `target`; what `patch` holds becomes part
 * of it.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(target)) return withoutNulls(patch);
  if (!isMap(patch)) return patch;
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (value !== undefined) setOwn(target, key, mergePatch(ownAt(target, key), value));
  }
  return target;
}

/** Of what is set new the members of maps that are null go; items of lists stay. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  const kept: JsonMap = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== null && member !== undefined) setOwn(kept, key, withoutNulls(member));
  }
  return kept;
}
