import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';

/** The address leads to no page. */
export function NotFoundPage() {
  return (
    <EmptyState
      title="There is no page at this address"
      detail={
        <>
          Start from the <Link to="/">catalogue</Link>.
        </>
      }
    />
  );
}
