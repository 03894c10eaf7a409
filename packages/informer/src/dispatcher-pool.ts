import { createHash } from 'node:crypto';
import { Agent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import type { TlsIdentity } from './credentials.ts';
import type { Log } from './log.ts';

/** One dispatcher for as long as the TLS identity stays the same; a new identity gets a new one and the old is drained. */
export interface DispatcherPool {
  dispatcher(tls: TlsIdentity): Dispatcher;
  readonly closed: boolean;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;

export function createDispatcherPool(deps: {
  readonly proxyUrl: string | undefined;
  readonly log: Log;
}): DispatcherPool {
  const { proxyUrl, log } = deps;
  const draining = new Set<Dispatcher>();
  let current: { readonly identity: string; readonly dispatcher: Dispatcher } | undefined;
  let closed = false;

  function drain(dispatcher: Dispatcher): void {
    draining.add(dispatcher);
    // Watches go on over it until they end by themselves, within ten minutes.
    dispatcher
      .close()
      .catch((error: unknown) => log.warn({ err: error }, 'an old connection pool did not close'))
      .finally(() => draining.delete(dispatcher));
  }

  return {
    dispatcher(tls) {
      const identity = identityOf(tls);
      if (current?.identity === identity) return current.dispatcher;
      if (current !== undefined) drain(current.dispatcher);
      current = { identity, dispatcher: createDispatcher(tls, proxyUrl).compose(reportSent) };
      return current.dispatcher;
    },
    get closed() {
      return closed;
    },
    async close() {
      closed = true;
      const all = [...draining, ...(current === undefined ? [] : [current.dispatcher])];
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function createDispatcher(tls: TlsIdentity, proxyUrl: string | undefined): Dispatcher {
  const connect = {
    ...tls,
    timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  };
  // HTTP/1.1: one connection for each watch, no limit, so that no number of watches can starve a list.
  const options = { allowH2: false, pipelining: 1, keepAliveTimeout: 30_000 };
  if (proxyUrl === undefined) return new Agent({ ...options, connect });
  return new ProxyAgent({ ...options, uri: proxyUrl, requestTls: connect });
}

/** Calls the function in `opaque` when the request goes to a connected socket. */
function reportSent(dispatch: Dispatcher['dispatch']): Dispatcher['dispatch'] {
  return (options, handler) => {
    const onSent = 'opaque' in options ? options.opaque : undefined;
    if (typeof onSent !== 'function') return dispatch(options, handler);
    return dispatch(options, {
      onRequestStart: (controller, context) => {
        onSent();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
  };
}

function identityOf(tls: TlsIdentity): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(tls)) hash.update(`${name}\0${String(value)}\0`);
  return hash.digest('hex');
}
