/** Says that a button opens a list. */
export function Caret() {
  return (
    <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <path d="M1.5 3h7L5 7.5z" fill="currentColor" />
    </svg>
  );
}
