import { formatFieldPath, isJsonObject, parseFieldPath, type JsonValue } from '@kindscope/kube';
import type { FieldChange } from '@kindscope/protocol';

/**
 * The fields with each object that was added or removed whole taken apart into what is in it, so
 * that a first status reads `status.phase added Ready`. Lists stay whole.
 */
export function leafFields(fields: readonly FieldChange[]): readonly FieldChange[] {
  return fields.flatMap((field) => {
    if ('before' in field === 'after' in field || field.truncated === true) return [field];
    const side = 'after' in field ? 'after' : 'before';
    return leavesOf(field, side);
  });
}

function leavesOf(field: FieldChange, side: 'before' | 'after'): readonly FieldChange[] {
  const value = field[side] as JsonValue;
  const path = parseFieldPath(field.path);
  if (!isJsonObject(value) || path === undefined || Object.keys(value).length === 0) return [field];
  return Object.entries(value).flatMap(([name, child]) =>
    leavesOf({ path: formatFieldPath([...path, { kind: 'field', name }]), [side]: child }, side),
  );
}
