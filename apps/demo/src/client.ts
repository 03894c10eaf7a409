import { resourcePath, TransportError, type Log, type Transport } from '@kindscope/informer';
import {
  isJsonObject,
  listAt,
  parseJson,
  stringAt,
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

export type Read = Omit<Write, 'manager'>;

/** Works through the ordinary API. Every function rejects with a {@link RefusedError} or a TransportError. */
export interface Client {
  /** The object as it is, its numbers lossless. */
  get(read: Read, name: string): Promise<JsonObject>;
  /** Every object of the kind, in the namespace or in all; what it lists is little enough for one answer. */
  list(read: Read): Promise<readonly JsonObject[]>;
  create(write: Write, body: JsonValue): Promise<JsonObject>;
  /** A JSON merge patch. A `resourceVersion` in its metadata makes it conditional. */
  patch(write: Write, name: string, patch: JsonValue, subresource?: 'status'): Promise<JsonObject>;
  /** The whole of it; a `resourceVersion` in its metadata makes it conditional. */
  replace(write: Write, name: string, body: JsonValue, subresource?: 'status'): Promise<JsonObject>;
  /** Gives a pod to a node. */
  bind(write: Write, name: string, node: string): Promise<void>;
  /** Nothing happens when it is gone already. */
  remove(write: Write, name: string, options?: RemoveOptions): Promise<void>;
}

export interface RemoveOptions {
  /** Refused with 409 when it is another one by now. */
  readonly uid?: string | undefined;
  /** Undefined: what the object itself asks for. */
  readonly graceSeconds?: number | undefined;
}

export function createClient(transport: Transport): Client {
  async function send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    write: Read & Partial<Write>,
    body?: JsonValue,
  ): Promise<string> {
    const response = await transport.request({
      method,
      path,
      query: { fieldManager: method === 'DELETE' ? undefined : write.manager },
      headers: {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        ...(write.manager !== undefined && { 'user-agent': write.manager }),
      },
      ...(body === undefined ? {} : { body: stringifyJson(body) }),
      signal: write.signal,
    });
    const text = await response.text();
    if (response.status >= 400) {
      const why = `${method} ${path}: ${response.status} ${sentenceOf(text)}`;
      throw new RefusedError(response.status, why);
    }
    return text;
  }

  /** Read for its metadata: no number there that a double could not hold, and this starts faster. */
  async function sent(...request: Parameters<typeof send>): Promise<JsonObject> {
    return JSON.parse(await send(...request)) as JsonObject;
  }

  const pathOf = (read: Read, name: string, subresource?: string): string => {
    const path = `${resourcePath(read)}/${encodeURIComponent(name)}`;
    return subresource === undefined ? path : `${path}/${subresource}`;
  };

  return {
    async get(read, name) {
      const object = parseJson(await send('GET', pathOf(read, name), read));
      if (!isJsonObject(object)) throw new TypeError(`${pathOf(read, name)} is no object.`);
      return object;
    },
    async list(read) {
      const list = parseJson(await send('GET', resourcePath(read), read));
      return listAt(list, 'items').filter((item) => isJsonObject(item));
    },
    create: (write, body) => sent('POST', resourcePath(write), write, body),
    patch: (write, name, patch, subresource) =>
      sent('PATCH', pathOf(write, name, subresource), write, patch),
    replace: (write, name, body, subresource) =>
      sent('PUT', pathOf(write, name, subresource), write, body),
    async bind(write, name, node) {
      await send('POST', pathOf(write, name, 'binding'), write, {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace: write.namespace },
        target: { apiVersion: 'v1', kind: 'Node', name: node },
      });
    },
    async remove(write, name, { uid, graceSeconds } = {}) {
      const options = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        gracePeriodSeconds: graceSeconds,
        ...(uid !== undefined && { preconditions: { uid } }),
      };
      try {
        await send('DELETE', pathOf(write, name), write, options);
      } catch (error) {
        if (!isRefusal(error, 404)) throw error;
      }
    },
  };
}

/** What a `Status` says in words; the answer itself where it is none. */
function sentenceOf(answer: string): string {
  try {
    return stringAt(parseJson(answer), 'message') ?? answer;
  } catch {
    return answer;
  }
}
