import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Hidden } from './hidden.tsx';
import styles from './copy-line.module.css';

/** A line to type, with a button that copies it. */
export function CopyLine({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without the right to the clipboard the line can still be selected.
    }
  };
  return (
    <span className={styles.line}>
      <code>{text}</code>
      <button type="button" title="Copy" aria-label={`Copy ${text}`} onClick={() => void copy()}>
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </button>
      <output>{copied && <Hidden>Copied</Hidden>}</output>
    </span>
  );
}
