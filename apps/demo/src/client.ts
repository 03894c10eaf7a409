import { resourcePath, TransportError, type Log, type Transport } from '@kindscope/informer';
import {
  stringifyJson,
  type GroupVersionResource,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';

/** One write that the API server refused. */
export class RefusedError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function isRefusal(error: unknown, status: number): boolean {
  return error instanceof RefusedError && error.status === status;
}

/** The API server's answers that are daily life: somebody was faster, or it is all being taken away. */
const ordinaryRefusals = [403, 404, 409];

/**
 * What to do about an error of a write: nothing or try again, as it is not our fault; it is logged when it
 * should not be. False for a bug.
 */
export function isTolerable(error: unknown, log: Log): boolean {
  if (error instanceof TransportError) return true;
  if (!(error instanceof RefusedError)) return false;
  if (!ordinaryRefusals.includes(error.status)) log.error({ error: error.message }, 'Refused.');
  return true;
}

export interface Write {
  readonly gvr: GroupVersionResource;
  readonly namespace?: string | undefined;
  /** Recorded in managedFields: who did it. */
  readonly manager: string;
  readonly signal: AbortSignal;
}

/** Writes through the ordinary API. Every function rejects with a {@link RefusedError} or a TransportError. */
export interface Client {
  create(write: Write, body: JsonValue): Promise<JsonObject>;
  /** A JSON merge patch. A `resourceVersion` in its metadata makes it conditional. */
  patch(write: Write, name: string, patch: JsonValue, subresource?: 'status'): Promise<JsonObject>;
  /** Nothing happens when it is gone already. */
  remove(write: Write, name: string): Promise<void>;
}

export function createClient(transport: Transport): Client {
  async function send(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    write: Write,
    body?: JsonValue,
  ): Promise<JsonObject> {
    const response = await transport.request({
      method,
      path,
      query: { fieldManager: method === 'DELETE' ? undefined : write.manager },
      headers: {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      ...(body === undefined ? {} : { body: stringifyJson(body) }),
      signal: write.signal,
    });
    const text = await response.text();
    if (response.status >= 400) {
      throw new RefusedError(response.status, `${method} ${path}: ${response.status} ${text}`);
    }
    // Read for its metadata: no number there that a double could not hold, and this starts faster.
    return JSON.parse(text) as JsonObject;
  }

  return {
    create: (write, body) => send('POST', resourcePath(write), write, body),
    patch(write, name, patch, subresource) {
      const path = `${resourcePath(write)}/${encodeURIComponent(name)}`;
      return send(
        'PATCH',
        subresource === undefined ? path : `${path}/${subresource}`,
        write,
        patch,
      );
    },
    async remove(write, name) {
      try {
        await send('DELETE', `${resourcePath(write)}/${encodeURIComponent(name)}`, write);
      } catch (error) {
        if (!isRefusal(error, 404)) throw error;
      }
    },
  };
}
