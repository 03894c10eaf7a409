import type { Term } from './grammar.ts';
import styles from './selector.module.css';

/** A term that holds: clicking it takes it back into the text, `×` or Delete removes it. */
export function TermToken(props: {
  readonly term: Term;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { term, onEdit, onRemove } = props;
  return (
    <span className={styles.token}>
      <button
        type="button"
        className={styles.edit}
        aria-label={`Edit ${term.text}`}
        // The text being written must not be left, which would apply it.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onEdit}
        onKeyDown={(event) => {
          if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
        }}
      >
        {term.parts.map((part, index) =>
          part.kind === 'sign' ? (
            // Parts of a term never move.
            // oxlint-disable-next-line react/no-array-index-key
            <em key={index}>{part.text}</em>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key
            <span key={index}>{part.text}</span>
          ),
        )}
      </button>
      <button
        type="button"
        className={styles.remove}
        aria-label={`Remove ${term.text}`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onRemove}
      >
        ×
      </button>
    </span>
  );
}
