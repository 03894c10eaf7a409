/** `exists` and `!exists` are written `key` and `!key`; `==` is read as `=`. */
export type LabelOperator = 'in' | 'notin' | '=' | '!=' | 'exists' | '!exists' | '>' | '<';

/** One term of a label selector. `values` is empty for exists, has one for `=`, `!=`, `>`, `<`. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/** Terms that must all hold, in the order they were written; none matches everything. */
export interface LabelSelector {
  readonly requirements: readonly LabelRequirement[];
}

export type Labels = Readonly<Record<string, string>>;

/**
 * Whether the labels satisfy the selector. An absent key satisfies `!=`, `notin` and `!key`;
 * `>` and `<` are true only where the label is an integer of 64 bits.
 * Rule: apimachinery `pkg/labels`, Requirement.Matches.
 */
export function matchesLabels(selector: LabelSelector, labels: Labels | undefined): boolean {
  return selector.requirements.every((requirement) => holds(requirement, labels ?? {}));
}

function holds({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!exists':
      return value === undefined;
    case 'in':
    case '=':
      return value !== undefined && values.includes(value);
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value);
    case '>':
    case '<':
      return value !== undefined && compares(value, operator, values[0] ?? '');
  }
}

function compares(value: string, operator: '>' | '<', bound: string): boolean {
  const left = parseInt64(value);
  const right = parseInt64(bound);
  if (left === undefined || right === undefined) {
    return false;
  }
  return operator === '>' ? left > right : left < right;
}

const int64Limit = 2n ** 63n;

/** Reads a decimal integer of 64 bits as Go's `strconv.ParseInt(text, 10, 64)` does. */
export function parseInt64(text: string): bigint | undefined {
  // A label has 63 characters at most, so leading zeros cannot make this expensive.
  if (text.length > 64 || !/^[+-]?\d+$/.test(text)) {
    return undefined;
  }
  const value = BigInt(text.replace('+', ''));
  return value >= -int64Limit && value < int64Limit ? value : undefined;
}

/**
 * Writes a selector in its canonical form: terms ordered by key, values by themselves, as
 * apimachinery's `Selector.String` does. Selectors that mean the same term for term have the same
 * text. {@link parseLabelSelector} reads it back.
 */
export function formatLabelSelector(selector: LabelSelector): string {
  return selector.requirements
    .map(formatLabelRequirement)
    .sort((a, b) => compareText(keyOf(a), keyOf(b)) || compareText(a, b))
    .join(',');
}

/** Writes one term: `key`, `!key`, `key=value`, `key in (a,b)`. */
export function formatLabelRequirement({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!exists':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${[...values].sort().join(',')})`;
    case '=':
    case '!=':
    case '>':
    case '<':
      return `${key}${operator}${values[0] ?? ''}`;
  }
}

function keyOf(term: string): string {
  return /^!?([^ =!<>]*)/.exec(term)?.[1] ?? term;
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
