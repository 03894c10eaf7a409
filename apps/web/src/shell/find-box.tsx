import { Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import styles from './find-box.module.css';

const FindDialog = lazy(async () => {
  const { FindDialog } = await import('./find-dialog.tsx');
  return { default: FindDialog };
});

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Opens the dialog that leads to any kind or page, by pointer or by ⌘K (Ctrl K elsewhere). */
export function FindBox() {
  const [open, setOpen] = useState(false);
  // Fetched at first use, then kept, so that it can close as dialogs do.
  const [used, setUsed] = useState(false);
  const show = (next: boolean) => {
    setOpen(next);
    if (next) setUsed(true);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = isMac ? event.metaKey : event.ctrlKey;
      if (event.key.toLowerCase() !== 'k' || !command || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setUsed(true);
      setOpen((before) => !before);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={styles.box}
        aria-haspopup="dialog"
        aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
        onClick={() => show(true)}
      >
        <Search aria-hidden="true" />
        <span>Go to resource, page</span>
        <kbd aria-hidden="true">{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {used && (
        <Suspense>
          <FindDialog open={open} onOpenChange={show} />
        </Suspense>
      )}
    </>
  );
}
