import type { ResourceRef } from '@kindscope/protocol';
import { Pin } from 'lucide-react';
import { usePin } from '../../pins.ts';
import { Button } from '../../ui/button.tsx';

const why = 'Watched even while nobody looks, so that there is a past to look at';

/** Keeps a resource watched whether or not anybody looks. */
export function PinButton({ resource }: { readonly resource: ResourceRef }) {
  const { kept, toggle, fault } = usePin(resource);
  return (
    <Button
      on={kept !== undefined}
      disabled={kept === 'flag'}
      title={fault?.message ?? (kept === 'flag' ? `${why}: Kindscope was started so` : why)}
      onClick={toggle}
    >
      <Pin aria-hidden="true" />
      {kept === undefined ? 'Pin' : 'Pinned'}
    </Button>
  );
}
