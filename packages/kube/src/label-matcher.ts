import { parseInt64 } from './label-selector.ts';
import type { LabelRequirement, Labels, LabelSelector } from './label-selector.ts';

/** What all terms of one key ask of its value. */
interface KeyRule {
  /** A label without the key does not satisfy them. */
  needed: boolean;
  /** No value satisfies them. */
  never: boolean;
  among: ReadonlySet<string> | undefined;
  readonly notAmong: Set<string>;
  above: bigint | undefined;
  below: bigint | undefined;
}

/**
 * `matchesLabels` of one selector, for very many labels: an answer costs what the labels are long,
 * however long the selector is.
 */
export function labelMatcher(selector: LabelSelector): (labels: Labels | undefined) => boolean {
  const rules = new Map<string, KeyRule>();
  for (const requirement of selector.requirements) {
    const rule = rules.get(requirement.key) ?? anyValue();
    narrow(rule, requirement);
    rules.set(requirement.key, rule);
  }
  if (rules.size <= fewKeys) {
    const entries = [...rules];
    return (labels = {}) =>
      entries.every(([key, rule]) => {
        const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
        return value === undefined ? !rule.needed : allows(rule, value);
      });
  }
  const needed = rules.values().reduce((sum, rule) => (rule.needed ? sum + 1 : sum), 0);
  return (labels = {}) => {
    let found = 0;
    for (const key of Object.keys(labels)) {
      const rule = rules.get(key);
      const value = labels[key];
      if (rule !== undefined && value !== undefined) {
        if (!allows(rule, value)) {
          return false;
        }
        found += rule.needed ? 1 : 0;
      }
    }
    return found === needed;
  };
}

/** Of so few keys each is looked up; of more it is the labels that are gone through. */
const fewKeys = 4;

function anyValue(): KeyRule {
  return {
    needed: false,
    never: false,
    among: undefined,
    notAmong: new Set(),
    above: undefined,
    below: undefined,
  };
}

function narrow(rule: KeyRule, { operator, values }: LabelRequirement): void {
  rule.needed ||= operator !== '!exists' && operator !== 'notin' && operator !== '!=';
  switch (operator) {
    case 'exists':
      return;
    case '!exists':
      rule.never = true;
      return;
    case 'in':
    case '=':
      rule.among = new Set(values).intersection(rule.among ?? new Set(values));
      return;
    case 'notin':
    case '!=':
      for (const value of values) {
        rule.notAmong.add(value);
      }
      return;
    case '>':
    case '<':
      narrowBound(rule, operator, parseInt64(values[0] ?? ''));
  }
}

function narrowBound(rule: KeyRule, operator: '>' | '<', bound: bigint | undefined): void {
  if (bound === undefined) {
    rule.never = true;
  } else if (operator === '>') {
    rule.above = rule.above === undefined || bound > rule.above ? bound : rule.above;
  } else {
    rule.below = rule.below === undefined || bound < rule.below ? bound : rule.below;
  }
}

function allows({ never, among, notAmong, above, below }: KeyRule, value: string): boolean {
  if (never || notAmong.has(value) || among?.has(value) === false) {
    return false;
  }
  if (above === undefined && below === undefined) {
    return true;
  }
  const number = parseInt64(value);
  return (
    number !== undefined &&
    (above === undefined || number > above) &&
    (below === undefined || number < below)
  );
}
