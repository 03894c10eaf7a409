import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** Copies a text that may be costly to make, and says so for two seconds. */
export function CopyButton(props: {
  readonly text: () => string;
  readonly children: string;
  readonly title?: string | undefined;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.text());
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  const words = { idle: props.children, copied: 'Copied', failed: 'The browser did not allow it' };
  return (
    <Button title={props.title} onClick={() => void copy()}>
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}
