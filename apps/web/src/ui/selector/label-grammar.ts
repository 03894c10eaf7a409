import {
  completionContext,
  formatLabelRequirement,
  parseLabelSelector,
  type LabelRequirement,
} from '@kindscope/kube';
import { counted } from '../number.ts';
import {
  matching,
  type Completion,
  type Completions,
  type SelectorGrammar,
  type Term,
  type TermPart,
} from './grammar.ts';

/** A label key that exists, on how many objects, and its most frequent values. */
export interface LabelFacet {
  readonly key: string;
  readonly count: number;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

const most = 40;

/** Kubernetes' label selectors, completed from the labels that exist. */
export function labelGrammar(labels: readonly LabelFacet[]): SelectorGrammar {
  return {
    parse: (text) => {
      const parsed = parseLabelSelector(text);
      if (!parsed.ok) return parsed;
      const terms = parsed.selector.requirements.map((requirement): Term => ({
        text: formatLabelRequirement(requirement),
        parts: partsOf(requirement),
      }));
      return { ok: true, terms };
    },
    complete: (text, caret) => completeLabels(labels, text, caret),
  };
}

function partsOf({ key, operator, values }: LabelRequirement): TermPart[] {
  const name: TermPart = { kind: 'key', text: key };
  if (operator === 'exists') return [name];
  if (operator === '!exists') return [{ kind: 'sign', text: '!' }, name];
  const set = operator === 'in' || operator === 'notin';
  const value = set ? `(${values.join(',')})` : (values[0] ?? '');
  return [name, { kind: 'sign', text: operator }, { kind: 'value', text: value }];
}

function completeLabels(
  labels: readonly LabelFacet[],
  text: string,
  caret: number,
): Completions | undefined {
  const context = completionContext(text, caret);
  const { start, end } = context.range;
  const { typed } = context;
  switch (context.kind) {
    case 'key': {
      const options = keys(labels, typed, context.negated);
      const whole = options[0]?.label === '=';
      return { heading: whole ? `Compare ${typed}` : 'Label keys', options, start, end };
    }
    case 'operator': {
      // What separates it from the key is there already.
      const options = operators.map((option) => ({ ...option, insert: option.insert.trimStart() }));
      return { heading: `Compare ${context.key}`, options: matching(options, typed), start, end };
    }
    case 'value': {
      const set = context.operator === 'in' || context.operator === 'notin';
      const options = values(labels, typed, { ...context, set });
      return { heading: `Values of ${context.key}`, options, start, end };
    }
    case 'punctuation': {
      const options = signs.filter(({ label }) => context.expected.some((sign) => sign === label));
      return { heading: 'Next', options, start, end };
    }
  }
}

function keys(labels: readonly LabelFacet[], typed: string, negated: boolean): Completion[] {
  const options = labels
    .filter(({ key }) => key !== typed)
    .map(({ key, count }) => ({
      label: key,
      detail: objects(count),
      insert: key,
      ends: negated,
    }));
  const found = matching(options, typed).slice(0, most);
  const whole = !negated && labels.some(({ key }) => key === typed);
  // A whole key: how it is compared comes next.
  return whole ? [...operators.map((option) => prefixed(option, typed)), ...found] : found;
}

const operators: readonly Completion[] = [
  { label: '=', detail: 'is', insert: '=', ends: false },
  { label: '!=', detail: 'is not, or has no such label', insert: '!=', ends: false },
  { label: 'in', detail: 'is one of', insert: ' in (', ends: false },
  { label: 'notin', detail: 'is none of', insert: ' notin (', ends: false },
  { label: 'exists', detail: 'has the label', insert: '', ends: true },
  { label: '>', detail: 'is an integer above', insert: '>', ends: false },
  { label: '<', detail: 'is an integer below', insert: '<', ends: false },
];

const signs: readonly Completion[] = [
  { label: '(', detail: 'the values', insert: '(', ends: false },
  { label: ',', detail: 'and another value', insert: ',', ends: false },
  { label: ')', detail: 'no more values', insert: ')', ends: true },
];

function values(
  labels: readonly LabelFacet[],
  typed: string,
  context: { readonly key: string; readonly set: boolean; readonly chosen: readonly string[] },
): Completion[] {
  const facet = labels.find(({ key }) => key === context.key);
  const options = (facet?.values ?? [])
    .filter(({ value }) => value !== '' && !context.chosen.includes(value))
    .map(({ value, count }) => ({
      label: value,
      detail: objects(count),
      insert: value,
      ends: !context.set,
    }));
  const found = matching(options, typed).slice(0, most);
  if (!context.set || typed === '') return found;
  // A value stands in the set: what may come after it.
  const after = signs.filter(({ label }) => label !== '(');
  return [
    ...found.filter(({ label }) => label !== typed),
    ...after.map((sign) => prefixed(sign, typed)),
  ];
}

function prefixed(option: Completion, typed: string): Completion {
  return { ...option, insert: `${typed}${option.insert}` };
}

function objects(count: number): string {
  return counted(count, 'object');
}
