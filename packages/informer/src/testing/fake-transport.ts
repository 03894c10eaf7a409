import { TransportError } from '../transport-error.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';

/** One request that waits for a test to answer it. */
export interface Exchange {
  readonly request: TransportRequest;
  readonly query: Readonly<Record<string, string>>;
  readonly aborted: boolean;
  /** A body that is a promise comes when that does. */
  answer(status: number, body: unknown, headers?: Record<string, string>): void;
  /** Sends the headers of a watch; what it says comes by the stream. */
  open(): FakeStream;
  fail(error: TransportError): void;
}

export interface FakeStream {
  line(value: unknown): void;
  chunk(bytes: Uint8Array | string): void;
  end(): void;
  cut(): void;
}

export interface FakeTransport extends Transport {
  /** Every request but those for /readyz. */
  readonly exchanges: readonly Exchange[];
  /** The next request that no test has taken yet. Throws when there is none. */
  take(): Exchange;
  /** Requests that have neither been answered to their end nor aborted. */
  readonly open: number;
  /** What /readyz answers; undefined refuses the connection. */
  readyz: number | undefined;
  readonly probes: number;
}

export const refused = new TransportError(
  'network',
  'Nothing answers: the connection was refused.',
);
export const cut = new TransportError('network', 'The connection was cut.');

export function createFakeTransport(): FakeTransport {
  const exchanges: Exchange[] = [];
  const open = new Set<object>();
  let taken = 0;
  let probes = 0;
  let readyz: number | undefined = 200;

  return {
    server: 'http://fake.invalid',
    exchanges,
    take() {
      const exchange = exchanges[taken];
      if (exchange === undefined) throw new Error('no request waits');
      taken += 1;
      return exchange;
    },
    get open() {
      return open.size;
    },
    get probes() {
      return probes;
    },
    get readyz() {
      return readyz;
    },
    set readyz(status) {
      readyz = status;
    },
    async request(request) {
      if (request.path === '/readyz') {
        probes += 1;
        if (readyz === undefined) throw refused;
        return response(readyz, 'ok');
      }
      request.onSent?.();
      const { exchange, promise } = createExchange(request, open);
      exchanges.push(exchange);
      return promise;
    },
    async close() {},
  };
}

function createExchange(request: TransportRequest, open: Set<object>) {
  const { promise, resolve, reject } = Promise.withResolvers<TransportResponse>();
  const self = {};
  const finish = (): void => {
    open.delete(self);
  };
  open.add(self);
  request.signal.addEventListener('abort', () => {
    finish();
    reject(new TransportError('aborted', 'The request was ended from our side.'));
  });
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query[name] = String(value);
  }
  const exchange: Exchange = {
    request,
    query,
    get aborted() {
      return request.signal.aborted;
    },
    answer(status, body, headers = {}) {
      finish();
      resolve(response(status, body, headers));
    },
    open() {
      const stream = createStream(request.signal, finish);
      resolve({ status: 200, headers: {}, stream: stream.chunks, text: async () => '' });
      return stream;
    },
    fail(error) {
      finish();
      reject(error);
    },
  };
  return { exchange, promise };
}

function createStream(signal: AbortSignal, finish: () => void) {
  let writer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const chunks = new ReadableStream<Uint8Array>({
    start(controller) {
      writer = controller;
    },
  });
  let ended = false;
  const end = (act: () => void): void => {
    if (ended) return;
    ended = true;
    finish();
    act();
  };
  signal.addEventListener('abort', () => end(() => writer?.error(cut)));
  const chunk = (bytes: Uint8Array | string): void => {
    if (!ended) writer?.enqueue(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  };
  return {
    chunks,
    chunk,
    line: (value: unknown) => chunk(`${JSON.stringify(value)}\n`),
    end: () => end(() => writer?.close()),
    cut: () => end(() => writer?.error(cut)),
  };
}

function response(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): TransportResponse {
  const text = async (): Promise<string> => {
    const value = await body;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    status,
    headers,
    text,
    stream: (async function* () {
      yield Buffer.from(await text());
    })(),
  };
}
