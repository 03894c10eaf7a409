import type { Freshness } from '@kindscope/protocol';
import type { Attachment } from './subscriptions.ts';

/**
 * How fresh a view is to the eye: what the server said of it, unless the way to the server is
 * worse. A light is green only over a connection that is there and has caught up.
 * `changedAt` is when the attachment became what it is, RFC 3339.
 */
export function viewFreshness(
  attachment: Attachment,
  server: Freshness | undefined,
  changedAt: string,
): Freshness {
  switch (attachment.kind) {
    case 'starting':
      return { kind: 'syncing', received: 0 };
    case 'lost':
      return { kind: 'stale', since: attachment.since, fault: attachment.fault };
    case 'returning':
      return { kind: 'reconnecting', since: attachment.since };
    case 'attached':
      return server ?? { kind: 'syncing', received: 0 };
    case 'failed':
      return attachment.fault.code === 'forbidden'
        ? { kind: 'forbidden', fault: attachment.fault }
        : { kind: 'stale', since: changedAt, fault: attachment.fault };
  }
}
