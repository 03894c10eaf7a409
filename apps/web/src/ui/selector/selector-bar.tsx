import { useId, useRef, useState } from 'react';
import { classes } from '../classes.ts';
import { useSlash } from '../use-slash.ts';
import { CompletionList } from './completion-list.tsx';
import type { SelectorGrammar } from './grammar.ts';
import { SelectorFault } from './selector-fault.tsx';
import { TermToken } from './term-token.tsx';
import { useCompletion } from './use-completion.ts';
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
  /** `/` leads here. */
  readonly slash?: boolean;
  readonly className?: string | undefined;
}

/**
 * A field for a selector: terms that hold stand as tokens, what is being written is checked and
 * completed, and is applied with Enter, a comma, or when the field is left, once it is valid.
 */
export function SelectorBar(props: SelectorBarProps) {
  const { label, grammar, value, slash = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useSlash(slash ? input : undefined);
  const draft = useSelectorDraft(grammar, value, props.onApply);
  const completion = useCompletion(input, grammar, draft);
  const [focused, setFocused] = useState(false);
  const { fault } = draft;
  const { active } = completion;
  const options = fault === undefined ? completion.options : [];
  const shown = options.length > 0;
  // What came with the link the page itself speaks of, until it is being mended.
  const saysFault = fault !== undefined && (focused || draft.text !== value);
  const at = draft.at ?? draft.terms.length;
  const tokens = draft.terms.map((term, index) =>
    index === draft.at ? null : (
      <TermToken
        // Two terms may be the same text.
        // oxlint-disable-next-line react/no-array-index-key
        key={`${index}-${term.text}`}
        term={term}
        onEdit={() => completion.edit(index)}
        onRemove={() => draft.remove(index)}
      />
    ),
  );
  return (
    <div className={classes(styles.field, fault !== undefined && styles.invalid, props.className)}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={styles.terms}>
        {tokens.slice(0, at)}
        <input
          key="input"
          ref={input}
          className={styles.input}
          role="combobox"
          aria-label={label}
          aria-keyshortcuts={slash ? '/' : undefined}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={saysFault ? `${id}-fault` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={draft.terms.length === 0 ? props.placeholder : ''}
          value={draft.text}
          onChange={({ target }) =>
            completion.type(target.value, target.selectionStart ?? target.value.length)
          }
          onSelect={(event) => completion.moveTo(event.currentTarget.selectionStart ?? 0)}
          onClick={completion.open}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            completion.close();
            draft.commit();
          }}
          onKeyDown={(event) => {
            if (completion.press(event)) event.preventDefault();
          }}
        />
        {tokens.slice(at)}
      </div>
      {slash && !focused && draft.terms.length === 0 && draft.text === '' && (
        <kbd className={styles.slash} aria-hidden="true">
          /
        </kbd>
      )}
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
      {fault !== undefined && saysFault && (
        <SelectorFault id={`${id}-fault`} text={draft.text} fault={fault} />
      )}
      <CompletionList
        id={id}
        heading={completion.heading ?? label}
        options={options}
        active={active}
        onPick={completion.accept}
      />
    </div>
  );
}
