import type { SelectorFault } from './label-parser.ts';
import { quote } from './label-syntax.ts';

/** One term of a field selector: the field's path and the value it must, or must not, have. */
export interface FieldRequirement {
  readonly path: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** Terms that must all hold; none matches everything. */
export interface FieldSelector {
  readonly requirements: readonly FieldRequirement[];
}

export type FieldSelectorResult =
  | { readonly ok: true; readonly selector: FieldSelector }
  | SelectorFault;

/**
 * Reads a field selector (`metadata.name=web,status.phase!=Running`). In values a backslash
 * escapes a comma, an equals sign and itself; a term without path and value means nothing. Whether a resource can be selected by a field is
 * for the caller to say. Rule: apimachinery `pkg/fields/selector.go`, ParseSelector.
 */
export function parseFieldSelector(text: string): FieldSelectorResult {
  const requirements: FieldRequirement[] = [];
  for (const term of terms(text)) {
    const requirement = readTerm(term);
    if ('ok' in requirement) {
      return requirement;
    }
    if (requirement.path !== '' || requirement.value !== '') {
      requirements.push(requirement);
    }
  }
  return { ok: true, selector: { requirements } };
}

/** Whether the fields satisfy the selector; a field that is absent counts as empty text. */
export function matchesFields(
  selector: FieldSelector,
  get: (path: string) => string | undefined,
): boolean {
  return selector.requirements.every(
    ({ path, operator, value }) => ((get(path) ?? '') === value) === (operator === '='),
  );
}

/** Writes a field selector so that {@link parseFieldSelector} reads it back, ordered by path. */
export function formatFieldSelector(selector: FieldSelector): string {
  return selector.requirements
    .map(({ path, operator, value }) => path + operator + value.replaceAll(/[\\,=]/g, '\\$&'))
    .sort()
    .join(',');
}

interface Term {
  readonly text: string;
  readonly start: number;
}

/** Splits at the commas that no backslash precedes; empty terms mean nothing and are left out. */
function terms(text: string): readonly Term[] {
  const found = text.matchAll(/(?:\\[^]?|[^,\\])+/g);
  return Array.from(found, ({ 0: term, index }) => ({ text: term, start: index }));
}

function readTerm({ text, start }: Term): FieldRequirement | SelectorFault {
  const operator = /!=|==?/.exec(text);
  if (operator === null) {
    return {
      ok: false,
      message: `Found ${quote(text)}, expected field=value or field!=value.`,
      position: start,
    };
  }
  const [sign] = operator;
  const from = operator.index + sign.length;
  const value = text.slice(from);
  const wrong = /^(?:\\[\\,=]|[^\\,=])*/.exec(value)?.[0].length ?? 0;
  if (wrong < value.length) {
    return {
      ok: false,
      message: `The value ${quote(value)} needs a backslash before each ",", "=" and "\\", and nowhere else.`,
      position: start + from + wrong,
    };
  }
  return {
    path: text.slice(0, operator.index).trim(),
    operator: sign === '!=' ? '!=' : '=',
    value: value.replaceAll(/\\([\\,=])/g, '$1'),
  };
}
