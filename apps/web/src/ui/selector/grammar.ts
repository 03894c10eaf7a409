/** A piece of a term as it is shown: `key` and `value` are what the user means, `sign` is grammar. */
export interface TermPart {
  readonly kind: 'key' | 'sign' | 'value';
  readonly text: string;
}

/** One term of a selector: its text as written, and its parts for showing. */
export interface Term {
  readonly text: string;
  readonly parts: readonly TermPart[];
}

export type ParsedSelector =
  | { readonly ok: true; readonly terms: readonly Term[] }
  | { readonly ok: false; readonly message: string; readonly position: number };

/** Something that may stand at the caret. */
export interface Completion {
  /** As it is listed, and what it means or how often it is there. */
  readonly label: string;
  readonly detail: string;
  /** What replaces the range. */
  readonly insert: string;
  /** The term is whole with it. */
  readonly ends: boolean;
}

/** What may stand at a caret, and the range of the text that it replaces. */
export interface Completions {
  /** What is being chosen, for the list's heading: `Label keys`, `Values of app`. */
  readonly heading: string;
  readonly options: readonly Completion[];
  readonly start: number;
  readonly end: number;
}

/** A language of selectors: how it is read, and what may come next. */
export interface SelectorGrammar {
  readonly parse: (text: string) => ParsedSelector;
  readonly complete: (text: string, caret: number) => Completions | undefined;
}

/** Options that contain what has been typed, those that start with it first, in their own order. */
export function matching<T extends { readonly label: string }>(
  options: readonly T[],
  typed: string,
): T[] {
  const needle = typed.toLowerCase();
  const found = options.filter((option) => option.label.toLowerCase().includes(needle));
  const starts = (option: T): boolean => option.label.toLowerCase().startsWith(needle);
  return [...found.filter(starts), ...found.filter((option) => !starts(option))];
}
