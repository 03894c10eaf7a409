import { countAt, listAt, parseJson, stringAt } from '@kindscope/kube';
import type { JsonValue } from '@kindscope/kube';
import { failureOfError, failureOfGarbage, failureOfResponse } from './failure.ts';
import type { InformerFault } from './informer-state.ts';
import type { InformerTarget } from './informer-target.ts';
import { resourcePath } from './resource-path.ts';
import { TransportError } from './transport-error.ts';
import type { Transport } from './transport.ts';

export type ObjectCount =
  /** `count` is undefined where the server does not say how many remain: a list with selectors. */
  | { readonly ok: true; readonly count: number | undefined }
  | { readonly ok: false; readonly fault: InformerFault };

/**
 * How many objects there are, by one `limit=1` request and its `remainingItemCount`
 * (apimachinery, `metav1.ListMeta`). Rejects only when the signal aborts, with a TransportError.
 */
export async function countObjects(
  deps: InformerTarget & { readonly transport: Transport; readonly signal: AbortSignal },
): Promise<ObjectCount> {
  const { transport, signal, labelSelector, fieldSelector } = deps;
  try {
    const response = await transport.request({
      path: resourcePath(deps),
      query: { limit: 1, labelSelector, fieldSelector },
      signal,
    });
    if (response.status !== 200) {
      return { ok: false, fault: (await failureOfResponse(response, 'list')).fault };
    }
    return countIn(await response.text());
  } catch (error) {
    if (!(error instanceof TransportError) || signal.aborted) throw error;
    return { ok: false, fault: failureOfError(error, 'list').fault };
  }
}

function countIn(text: string): ObjectCount {
  let list: JsonValue;
  try {
    list = parseJson(text);
  } catch {
    return { ok: false, fault: failureOfGarbage('The list is not JSON, or was cut.').fault };
  }
  const here = listAt(list, 'items').length;
  const remaining = countAt(list, 'metadata', 'remainingItemCount');
  const more = stringAt(list, 'metadata', 'continue') ?? '';
  if (more === '') return { ok: true, count: here };
  return { ok: true, count: remaining === undefined ? undefined : here + remaining };
}
