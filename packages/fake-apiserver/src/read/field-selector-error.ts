/**
 * What Kubernetes says of a field selector that it cannot read: the words of apimachinery
 * pkg/fields/selector.go, which looks at the terms in their sorted order. Undefined for one that
 * it can.
 */
export function fieldSelectorError(text: string): string | undefined {
  for (const term of fieldTerms(text)) {
    const value = /^.*?(?:!=|==?)(.*)$/s.exec(term)?.[1];
    if (value === undefined) return `invalid selector: '${text}'; can't understand '${term}'`;
    const fault = valueError(value);
    if (fault !== undefined) return `invalid field selector: ${fault}`;
  }
  return undefined;
}

/** The fields that a selector names, sorted by their terms; a term without field and value names none. */
export function fieldPaths(text: string): string[] {
  return fieldTerms(text).flatMap((term) => {
    const [, path = '', value = ''] = /^(.*?)(?:!=|==?)(.*)$/s.exec(term) ?? [];
    return path + value === '' ? [] : [path];
  });
}

/** The terms between commas that no backslash precedes, sorted; empty ones mean nothing. */
function fieldTerms(text: string): string[] {
  const found = text.match(/(?:\\[^]?|[^,\\])+/g) ?? [];
  return [...found].sort();
}

function valueError(value: string): string | undefined {
  const wrong = /^(?:\\[\\,=]|[^\\,=])*/.exec(value)?.[0].length ?? 0;
  if (wrong === value.length) return undefined;
  const [sign = '', escaped = ''] = value.slice(wrong);
  if (sign === '\\') return `invalid escape sequence: \\${escaped}`;
  return `unescaped character in value: ${sign.codePointAt(0) ?? 0}`;
}
