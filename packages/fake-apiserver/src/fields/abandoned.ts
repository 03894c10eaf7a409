import { mapAt, type JsonMap } from '../json.ts';
import { withoutFields } from './field-removal.ts';
import { difference, intersection, isEmpty, isMember, union, type FieldSet } from './field-set.ts';
import type { Shape } from './shape.ts';
import { spokenFields } from './spoken-fields.ts';

/**
 * What goes from `merged` because its applier says it no more (structured-merge-diff
 * merge/update.go, prune): what is in `last`, what it applied before, and in nothing that anybody
 * owns now. A map or an item goes only with the last thing in it that somebody owns.
 */
export function abandonedFields(
  merged: JsonMap,
  last: FieldSet,
  owned: FieldSet,
  shape: Shape,
): FieldSet {
  const said = withStructs(last, shape);
  const all = withStructs(spokenFields(merged, shape), shape);
  const left = (gone: FieldSet): FieldSet =>
    withStructs(spokenFields(withoutFields(merged, gone, shape), shape), shape);
  // First without everything said before, then with what is owned put back.
  const kept = union(left(said), withStructs(owned, shape));
  const pruned = left(difference(all, kept));
  const gone = intersection(difference(all, pruned), said);
  return isEmpty(gone) ? {} : gone;
}

/**
 * A set with the fields that a schema declares made members where something below them is: a set
 * speaks of what is in a struct, not of the struct (fieldpath EnsureNamedFieldsAreMembers).
 */
function withStructs(set: FieldSet, shape: Shape): FieldSet {
  const result: FieldSet = {};
  for (const key of Object.keys(set)) {
    if (key === '.') {
      result[key] = {};
      continue;
    }
    const node = mapAt(set, key) ?? {};
    const field = key.startsWith('f:') ? key.slice(2) : undefined;
    const child = field === undefined ? shape.item() : shape.field(field);
    const inner = withStructs(node, child);
    const member = isMember(node) || (field !== undefined && shape.declares(field));
    const { '.': _self, ...children } = inner;
    result[key] = member && Object.keys(children).length > 0 ? { '.': {}, ...children } : children;
  }
  return result;
}
