import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';

/** A bug of ours took the page down; the rest of the app stands. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <ErrorState
      title="This page failed"
      detail={error instanceof Error ? error.message : String(error)}
      remedy="Try it again; if it fails again, reload the page and please report it with the line above."
    >
      <Button onClick={reset}>Try again</Button>
    </ErrorState>
  );
}
