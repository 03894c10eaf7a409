import { useEffect, type RefObject } from 'react';

/** `/` brings the focus to the field, unless it is being typed somewhere; absent: it does nothing. */
export function useSlash(field: RefObject<HTMLInputElement | null> | undefined): void {
  useEffect(() => {
    if (field === undefined) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const { target } = event;
      const typing =
        target instanceof HTMLElement &&
        target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || !plain || typing) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [field]);
}
