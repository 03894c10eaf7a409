import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { classes } from '../classes.ts';
import { CompletionList } from './completion-list.tsx';
import type { Completion, SelectorGrammar } from './grammar.ts';
import { TermToken } from './term-token.tsx';
import { useSelectorDraft } from './use-selector-draft.ts';
import styles from './selector.module.css';

export interface SelectorBarProps {
  readonly label: string;
  readonly placeholder: string;
  readonly grammar: SelectorGrammar;
  /** The selector that holds. */
  readonly value: string;
  /** A valid selector that shall hold from now on; empty: none. */
  readonly onApply: (selector: string) => void;
  readonly className?: string | undefined;
}

/**
 * A field for a selector: terms that hold stand as tokens, what is being written is checked and
 * completed, and is applied with Enter, a comma, or when the field is left, once it is valid.
 */
export function SelectorBar(props: SelectorBarProps) {
  const { label, grammar, value, onApply } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const draft = useSelectorDraft(grammar, value, onApply);
  const [open, setOpen] = useState(false);
  const [focused, setFocused] = useState(false);
  const [active, setActive] = useState(-1);
  const [caret, setCaret] = useState(0);
  const completions = open ? grammar.complete(draft.text, caret) : undefined;
  const options = completions?.options ?? [];
  const shown = options.length > 0;
  // What came with the link the page itself speaks of, until it is being mended.
  const saysFault = draft.fault !== undefined && (focused || draft.text !== value);

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
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const keys: Record<string, (event: KeyboardEvent<HTMLInputElement>) => boolean> = {
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
      if (!first || draft.text !== '' || draft.terms.length === 0) return false;
      const last = (draft.at ?? draft.terms.length) - 1;
      if (last < 0) return false;
      edit(last);
      return true;
    },
  };
  const edit = (index: number): void => {
    draft.edit(index);
    const text = draft.terms[index]?.text ?? '';
    input.current?.focus();
    place(text, text.length);
  };

  const field = (
    <input
      key="input"
      ref={input}
      className={styles.input}
      role="combobox"
      aria-label={label}
      aria-autocomplete="list"
      aria-expanded={shown}
      aria-controls={`${id}-list`}
      aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
      aria-invalid={draft.fault !== undefined}
      aria-describedby={saysFault ? `${id}-fault` : undefined}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      placeholder={draft.terms.length === 0 ? props.placeholder : ''}
      value={draft.text}
      onChange={(event) => {
        draft.type(event.target.value);
        setCaret(event.target.selectionStart ?? event.target.value.length);
        setOpen(true);
        setActive(-1);
      }}
      onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
      onClick={() => setOpen(true)}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        close();
        draft.commit();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (keys[event.key]?.(event) === true) event.preventDefault();
      }}
    />
  );
  const at = draft.at ?? draft.terms.length;
  const tokens = draft.terms.map((term, index) =>
    index === draft.at ? null : (
      <TermToken
        // Two terms may be the same text.
        // oxlint-disable-next-line react/no-array-index-key
        key={`${index}-${term.text}`}
        term={term}
        onEdit={() => edit(index)}
        onRemove={() => draft.remove(index)}
      />
    ),
  );
  return (
    <div
      className={classes(
        styles.field,
        draft.fault !== undefined && styles.invalid,
        props.className,
      )}
    >
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={styles.terms}>
        {tokens.slice(0, at)}
        {field}
        {tokens.slice(at)}
      </div>
      {(draft.terms.length > 0 || draft.text !== '') && (
        <button
          type="button"
          className={styles.clear}
          aria-label={`Clear ${label.toLowerCase()}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={draft.clear}
        >
          ×
        </button>
      )}
      {draft.fault !== undefined && saysFault && (
        <SelectorFault id={`${id}-fault`} text={draft.text} fault={draft.fault} />
      )}
      <CompletionList
        id={id}
        heading={completions?.heading ?? label}
        options={draft.fault === undefined ? options : []}
        active={active}
        onPick={accept}
      />
    </div>
  );
}

function SelectorFault(props: {
  readonly id: string;
  readonly text: string;
  readonly fault: { readonly message: string; readonly position: number };
}) {
  const { message, position } = props.fault;
  return (
    <div id={props.id} role="alert" className={styles.fault}>
      <code className={styles.faultText} aria-hidden="true">
        {props.text.slice(0, position)}
        <mark>{props.text.slice(position) || ' '}</mark>
      </code>
      <span>
        Position {position}: {message}
      </span>
    </div>
  );
}
