import {
  completionContext,
  parseLabelSelector,
  type LabelRequirement,
} from '@kindscope/kube';
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
      const terms = parsed.selector.requirements.map((requirement, index): Term => {
        const range = parsed.ranges[index] ?? { start: 0, end: text.length };
        return { text: text.slice(range.start, range.end), parts: partsOf(requirement) };
      });
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
  if (context === undefined) return undefined;
  const { start, end } = context.range;
  const typed = text.slice(start, caret);
  switch (context.kind) {
    case 'key':
      return { heading: 'Label keys', options: keys(labels, typed, context.negated), start, end };
    case 'operator':
      return { heading: `Compare ${context.key}`, options: matching(operators, typed), start, end };
    case 'value':
      return {
        heading: `Values of ${context.key}`,
        options: values(labels, typed, context),
        start,
        end,
      };
  }
}

function keys(labels: readonly LabelFacet[], typed: string, negated: boolean): Completion[] {
  const options = labels.map(({ key, count }) => ({
    label: key,
    detail: objects(count),
    insert: key,
    ends: negated,
  }));
  return matching(options, typed).slice(0, most);
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

function values(
  labels: readonly LabelFacet[],
  typed: string,
  context: { readonly key: string; readonly set: boolean; readonly taken: readonly string[] },
): Completion[] {
  const facet = labels.find(({ key }) => key === context.key);
  const options = (facet?.values ?? [])
    .filter(({ value }) => value !== '' && !context.taken.includes(value))
    .map(({ value, count }) => ({
      label: value,
      detail: objects(count),
      insert: value,
      ends: !context.set,
    }));
  const found = matching(options, typed).slice(0, most);
  // A whole value in a set: what comes after it.
  if (!context.set || typed === '') return found;
  const others = found.filter(({ label }) => label !== typed);
  return [
    ...others,
    { label: ',', detail: 'and another value', insert: `${typed},`, ends: false },
    { label: ')', detail: 'no more values', insert: `${typed})`, ends: true },
  ];
}

function objects(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'object' : 'objects'}`;
}
