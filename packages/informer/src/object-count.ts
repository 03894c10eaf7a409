import type { InformerFault } from './informer-state.ts';
import type { InformerTarget } from './informer.ts';
import type { Transport } from './transport.ts';

export type ObjectCount =
  /** `count` is undefined where the server does not say how many remain. */
  | { readonly ok: true; readonly count: number | undefined }
  | { readonly ok: false; readonly fault: InformerFault };

/** How many objects there are, by one `limit=1` request and its `remainingItemCount`. */
export async function countObjects(
  deps: InformerTarget & { readonly transport: Transport; readonly signal: AbortSignal },
): Promise<ObjectCount> {
  throw new Error(`not built yet: ${deps.transport.server}`);
}
