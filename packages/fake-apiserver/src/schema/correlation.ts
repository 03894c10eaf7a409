import { jsonEquals } from '@kindscope/kube';
import { isMap, ownAt, type Json } from '../json.ts';
import { schemaOfKey, type Schema } from './schema.ts';

/**
 * A value beside the one it takes the place of, as far as one can be found (apiserver
 * pkg/cel/common/equality.go): keys of maps and items of `map` lists can be, items of other lists
 * cannot.
 */
export interface Correlation {
  readonly value: Json;
  readonly old: Json;
  readonly schema: Schema;
}

/** What stands under a key on both sides. */
export function correlatedKey(parent: Correlation, key: string): Correlation | undefined {
  if (!isMap(parent.value) || !isMap(parent.old)) return undefined;
  const [value, old] = [ownAt(parent.value, key), ownAt(parent.old, key)];
  const schema = schemaOfKey(parent.schema, key);
  if (value === undefined || old === undefined || schema === undefined) return undefined;
  return { value, old, schema };
}

/** An item beside the old one with the same keys. */
export function correlatedItem(parent: Correlation, index: number): Correlation | undefined {
  const { value, old, schema } = parent;
  if (!Array.isArray(value) || !Array.isArray(old) || schema.items === undefined) return undefined;
  if (schema.listType !== 'map') return undefined;
  const item = value[index];
  const before = old.find((other) => hasSameKeys(item, other, schema.listKeys));
  if (item === undefined || before === undefined || before === null) return undefined;
  return { value: item, old: before, schema: schema.items };
}

function hasSameKeys(a: Json | undefined, b: Json, keys: readonly string[]): boolean {
  return isMap(a) && isMap(b) && keys.every((key) => jsonEquals(ownAt(a, key), ownAt(b, key)));
}

/** Whether nothing has changed, as far as the two can be correlated. */
export function isUnchanged(correlation: Correlation): boolean {
  const { value, old, schema } = correlation;
  if (isMap(value) && isMap(old)) {
    const keys = Object.keys(value);
    return (
      keys.length === Object.keys(old).length &&
      keys.every((key) => {
        const inner = correlatedKey(correlation, key);
        return inner !== undefined && isUnchanged(inner);
      })
    );
  }
  if (Array.isArray(value) && Array.isArray(old) && schema.listType === 'map') {
    return (
      value.length === old.length &&
      value.every((_item, index) => {
        const inner = correlatedItem(correlation, index);
        return inner !== undefined && isUnchanged(inner);
      })
    );
  }
  return jsonEquals(value, old);
}
