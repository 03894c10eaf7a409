import { stringifyJson, type JsonValue } from '@kindscope/kube';
import type { ConditionChange, FieldChange, Manager } from '@kindscope/protocol';

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

function cutText(text: string): string {
  return text.length <= maxValueLength ? text : firstCharacters(text, maxValueLength);
}

/** Written by what any depth can be written by: what is too deep for it is long, too. */
function cut(value: unknown): Cut {
  const text = typeof value === 'string' ? value : stringifyJson(value as JsonValue);
  if (text.length <= maxValueLength) return { value, truncated: false };
  return { value: cutText(text), truncated: true };
}

function boundField(field: FieldChange): FieldChange {
  const before = 'before' in field && field.before !== undefined ? cut(field.before) : undefined;
  const after = 'after' in field && field.after !== undefined ? cut(field.after) : undefined;
  // Keys of list items and names of fields are in the path, however long they are.
  const path = cutText(field.path);
  const isCut = path !== field.path || before?.truncated === true || after?.truncated === true;
  return {
    path,
    ...(before === undefined ? {} : { before: before.value }),
    ...(after === undefined ? {} : { after: after.value }),
    ...(isCut ? { truncated: true } : {}),
  };
}

/** At most 100 fields, each path and value at most 4,096 characters of JSON; what was left out is said. */
export function boundFields(fields: readonly FieldChange[]): {
  readonly fields: FieldChange[];
  readonly omitted?: number;
} {
  const kept = fields.slice(0, maxFields).map(boundField);
  const omitted = fields.length - kept.length;
  return omitted > 0 ? { fields: kept, omitted } : { fields: kept };
}

/** The first 100 conditions or managers, each text of them at most 4,096 characters. */
export function boundFacts<Fact extends ConditionChange | Manager>(facts: readonly Fact[]): Fact[] {
  return facts.slice(0, maxFields).map((fact) => {
    const texts = Object.entries(fact).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string' && entry[1].length > maxValueLength;
    });
    return { ...fact, ...Object.fromEntries(texts.map(([name, text]) => [name, cutText(text)])) };
  });
}
