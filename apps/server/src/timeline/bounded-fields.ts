import type { FieldChange } from '@kindscope/protocol';

/** A value whose JSON is longer is cut. */
export const maxValueLength = 4096;
/** More fields than this are counted, not kept. */
export const maxFields = 100;

interface Cut {
  readonly value: unknown;
  readonly truncated: boolean;
}

/** Cuts between characters: half of a surrogate pair would not be text. */
function firstCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function cut(value: unknown): Cut {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= maxValueLength) return { value, truncated: false };
  return { value: firstCharacters(text, maxValueLength), truncated: true };
}

function boundField(field: FieldChange): FieldChange {
  const before = 'before' in field && field.before !== undefined ? cut(field.before) : undefined;
  const after = 'after' in field && field.after !== undefined ? cut(field.after) : undefined;
  return {
    path: field.path,
    ...(before === undefined ? {} : { before: before.value }),
    ...(after === undefined ? {} : { after: after.value }),
    ...(before?.truncated === true || after?.truncated === true ? { truncated: true } : {}),
  };
}

/** At most 100 fields, each value at most 4,096 characters of JSON; what was left out is said. */
export function boundFields(fields: readonly FieldChange[]): {
  readonly fields: FieldChange[];
  readonly omitted?: number;
} {
  const kept = fields.slice(0, maxFields).map(boundField);
  const omitted = fields.length - kept.length;
  return omitted > 0 ? { fields: kept, omitted } : { fields: kept };
}
