import { useState } from 'react';
import type { ParsedSelector, SelectorGrammar, Term } from './grammar.ts';

/** What the user is writing: nothing of it holds before it is valid and committed. */
interface Draft {
  /** The selector that this draft was begun on, as the page gave it. */
  readonly given: string;
  /** The selector as last applied from here. */
  readonly applied: string;
  readonly text: string;
  /** Which term is being rewritten; undefined: a new one at the end. */
  readonly at: number | undefined;
  /** A commit was tried: a term that is merely unfinished is an error now. */
  readonly tried: boolean;
}

export interface SelectorDraft {
  readonly terms: readonly Term[];
  readonly text: string;
  readonly at: number | undefined;
  /** Why the text cannot be applied; undefined while it is valid, or may still become so. */
  readonly fault: { readonly message: string; readonly position: number } | undefined;
  readonly type: (text: string) => void;
  /** Applies the text. False: it is not valid, and the fault is shown from now on. */
  readonly commit: (text?: string) => boolean;
  /** Takes a term back into the text. */
  readonly edit: (index: number) => void;
  readonly remove: (index: number) => void;
  readonly clear: () => void;
  /** Forgets the text. */
  readonly cancel: () => void;
}

/** The state of a selector bar: whole terms that hold, and a text that becomes one. */
export function useSelectorDraft(
  grammar: SelectorGrammar,
  value: string,
  onApply: (selector: string) => void,
): SelectorDraft {
  const [held, setDraft] = useState(() => begin(grammar, value));
  let draft = held;
  if (value !== draft.given) {
    // Ours has come back from the page: what is being typed stays. Another one: it begins anew.
    draft = value === draft.applied ? { ...draft, given: value } : begin(grammar, value);
    setDraft(draft);
  }
  const applied = grammar.parse(draft.applied);
  const terms = applied.ok ? applied.terms : [];
  const parsed = grammar.parse(draft.text);
  const apply = (next: readonly string[], rest: Partial<Draft>): void => {
    const text = next.join(',');
    setDraft({ ...draft, applied: text, ...rest });
    if (text !== draft.applied) onApply(text);
  };
  const texts = terms.map((term) => term.text);
  const idle = { text: '', at: undefined, tried: false };
  return {
    terms,
    text: draft.text,
    at: draft.at,
    fault: faultOf(grammar, parsed, draft),
    type: (text) => {
      const whole = splitTerm(grammar, text);
      if (whole === undefined) setDraft({ ...draft, text, tried: false });
      else apply(replaced(texts, draft.at, whole), idle);
    },
    commit: (text = draft.text) => {
      const result = grammar.parse(text);
      if (!result.ok) {
        setDraft({ ...draft, text, tried: true });
        return false;
      }
      const added = result.terms.map((term) => term.text);
      apply(replaced(texts, draft.at, added), idle);
      return true;
    },
    edit: (index) => setDraft({ ...draft, text: texts[index] ?? '', at: index, tried: false }),
    remove: (index) => {
      const left = texts.filter((_, other) => other !== index);
      // The term that is being rewritten keeps its place among those that are left.
      const at = draft.at !== undefined && draft.at > index ? draft.at - 1 : draft.at;
      apply(left, index === draft.at ? idle : { at });
    },
    clear: () => apply([], idle),
    cancel: () => setDraft({ ...draft, ...idle }),
  };
}

/** A selector that cannot be read becomes the text itself, so that it can be mended. */
function begin(grammar: SelectorGrammar, value: string): Draft {
  const ok = grammar.parse(value).ok;
  return {
    given: value,
    applied: ok ? value : '',
    text: ok ? '' : value,
    at: undefined,
    tried: !ok,
  };
}

function replaced(
  texts: readonly string[],
  at: number | undefined,
  added: readonly string[],
): readonly string[] {
  return at === undefined ? [...texts, ...added] : texts.toSpliced(at, 1, ...added);
}

/** The terms before a comma that was just typed at the end; undefined: the comma is part of a term. */
function splitTerm(grammar: SelectorGrammar, text: string): readonly string[] | undefined {
  if (!text.endsWith(',')) return undefined;
  const before = grammar.parse(text.slice(0, -1));
  return before.ok && before.terms.length > 0 ? before.terms.map((term) => term.text) : undefined;
}

function faultOf(
  grammar: SelectorGrammar,
  parsed: ParsedSelector,
  draft: Draft,
): SelectorDraft['fault'] {
  if (parsed.ok || draft.text.trim() === '') return undefined;
  return !draft.tried && isUnfinished(grammar, draft.text, parsed.position) ? undefined : parsed;
}

/** An error at the very end, or at the beginning of a word that may stand there, is none yet. */
function isUnfinished(grammar: SelectorGrammar, text: string, position: number): boolean {
  const rest = text.slice(position).trimEnd();
  if (rest === '') return true;
  const next = grammar.complete(text, text.length);
  return next?.start === position && next.options.some(({ label }) => label.startsWith(rest));
}
