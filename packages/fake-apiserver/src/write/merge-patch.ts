import { isMap, ownAt, setOwn, type Json, type JsonMap } from '../json.ts';

/** RFC 7396. Changes and returns `target`; what `patch` holds becomes part of it. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const result: JsonMap = isMap(target) ? target : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) setOwn(result, key, mergePatch(ownAt(result, key), value));
  }
  return result;
}
