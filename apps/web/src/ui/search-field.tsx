import { Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useSlash } from './use-slash.ts';
import styles from './search-field.module.css';

/**
 * A field that narrows what stands below it as one types; `/` leads here, Escape empties it. While it has the
 * focus it shows what was typed, however long `value` takes to follow.
 */
export function SearchField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  const [draft, setDraft] = useState<string | undefined>();
  const shown = draft ?? props.value;
  const change = (value: string) => {
    if (draft !== undefined) setDraft(value);
    props.onChange(value);
  };
  return (
    <div className={styles.field}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={props.label}
        aria-keyshortcuts="/"
        placeholder={props.label}
        value={shown}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setDraft(props.value)}
        onBlur={() => setDraft(undefined)}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || shown === '') return;
          event.preventDefault();
          change('');
        }}
      />
      {shown === '' ? (
        <kbd>/</kbd>
      ) : (
        <button type="button" aria-label="Clear the search" onClick={() => change('')}>
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
