import { isMap, listAt, mapAt, type JsonMap } from '../json.ts';
import { at, required } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';

/** A schema outside of `allOf`, `anyOf`, `oneOf` and `not`; undefined where there is none. */
interface Counterpart {
  readonly schema: JsonMap | undefined;
  readonly path: string;
}

/**
 * Every field and item that is only validated must also be specified
 * (apiextensions-apiserver pkg/apiserver/schema/complete.go).
 */
export function completenessCauses(schema: JsonMap, path: string): Cause[] {
  return validationCauses(schema, path, { schema, path });
}

function validationCauses(schema: JsonMap, path: string, outside: Counterpart): Cause[] {
  const not = mapAt(schema, 'not');
  return [
    ...(not === undefined ? [] : nestedCauses(not, `${path}.not`, outside)),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((key) =>
      listAt(schema, key).flatMap((item, index) =>
        isMap(item) ? nestedCauses(item, at(`${path}.${key}`, index), outside) : [],
      ),
    ),
  ];
}

function nestedCauses(schema: JsonMap, path: string, outside: Counterpart): Cause[] {
  if (outside.schema === undefined) {
    return [required(outside.path, `because it is defined in ${path}`)];
  }
  const causes = validationCauses(schema, path, outside);
  const items = mapAt(schema, 'items');
  if (items !== undefined) {
    const counterpart = {
      schema: mapAt(outside.schema, 'items'),
      path: `${outside.path}.items`,
    };
    causes.push(...nestedCauses(items, `${path}.items`, counterpart));
  }
  for (const [key, property] of Object.entries(mapAt(schema, 'properties') ?? {})) {
    if (!isMap(property)) continue;
    const counterpart = {
      schema: mapAt(mapAt(outside.schema, 'properties'), key),
      path: at(`${outside.path}.properties`, key),
    };
    causes.push(...nestedCauses(property, at(`${path}.properties`, key), counterpart));
  }
  return causes;
}
