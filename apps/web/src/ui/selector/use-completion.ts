import { useState, type KeyboardEvent, type RefObject } from 'react';
import type { Completion, SelectorGrammar } from './grammar.ts';
import type { SelectorDraft } from './use-selector-draft.ts';

type Keys = Record<string, (event: KeyboardEvent<HTMLInputElement>) => boolean>;

/**
 * The list of what may come next at the caret, and the keys of the field: arrows choose, Enter and
 * Tab take what is chosen, Enter alone applies, Escape closes and then forgets, Backspace at the
 * beginning takes the last term back.
 */
export function useCompletion(
  input: RefObject<HTMLInputElement | null>,
  grammar: SelectorGrammar,
  draft: SelectorDraft,
) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [caret, setCaret] = useState(0);
  const completions = open ? grammar.complete(draft.text, caret) : undefined;
  const options = completions?.options ?? [];
  const shown = options.length > 0;

  const place = (text: string, at: number): void => {
    setCaret(at);
    setActive(-1);
    // The browser would put the caret at the end of a text that was set for it.
    requestAnimationFrame(() => {
      if (input.current?.value === text) input.current.setSelectionRange(at, at);
    });
  };
  const accept = (option: Completion): void => {
    const { start, end } = completions ?? { start: caret, end: caret };
    const text = draft.text.slice(0, start) + option.insert + draft.text.slice(end);
    if (option.ends && end >= draft.text.length) {
      draft.commit(text);
      place('', 0);
      return;
    }
    draft.type(text);
    place(text, start + option.insert.length);
  };
  const edit = (index: number): void => {
    draft.edit(index);
    const text = draft.terms[index]?.text ?? '';
    input.current?.focus();
    place(text, text.length);
  };
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const keys: Keys = {
    ArrowDown: () => {
      setOpen(true);
      setActive(shown ? (active + 1) % options.length : -1);
      return true;
    },
    ArrowUp: () => {
      if (shown) setActive(active <= 0 ? options.length - 1 : active - 1);
      return shown;
    },
    Enter: () => {
      const option = options[active];
      if (option !== undefined) accept(option);
      else if (draft.commit()) close();
      return true;
    },
    Tab: ({ shiftKey }) => {
      const option = options[active];
      if (option === undefined || shiftKey) return false;
      accept(option);
      return true;
    },
    Escape: () => {
      if (shown) close();
      else draft.cancel();
      return true;
    },
    Backspace: ({ currentTarget }) => {
      const first = currentTarget.selectionStart === 0 && currentTarget.selectionEnd === 0;
      const last = (draft.at ?? draft.terms.length) - 1;
      if (!first || draft.text !== '' || last < 0) return false;
      edit(last);
      return true;
    },
  };
  return {
    heading: completions?.heading,
    options,
    active,
    accept,
    edit,
    close,
    open: () => setOpen(true),
    moveTo: setCaret,
    type: (text: string, at: number) => {
      draft.type(text);
      setCaret(at);
      setOpen(true);
      setActive(-1);
    },
    /** Whether the key was taken. */
    press: (event: KeyboardEvent<HTMLInputElement>): boolean =>
      !event.nativeEvent.isComposing && keys[event.key]?.(event) === true,
  };
}
