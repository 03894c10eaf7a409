import http from 'node:http';
import https from 'node:https';
import { isMap, mapAt, parseJson, stringAt, type Json, type JsonMap } from '../json.ts';

/** An API server that the contract is tried on. */
export interface ContractServer {
  readonly url: string;
  readonly token: string;
  /** The authority of its certificate, PEM; undefined over plain HTTP. */
  readonly ca?: string;
  /** Forgets every version but the newest. */
  compact?(): Promise<void> | void;
  close(): Promise<void>;
}

export interface ContractResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body as an object; empty when it is none. */
  readonly body: JsonMap;
}

export interface ContractRequest {
  readonly body?: JsonMap | readonly Json[] | string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly userAgent?: string;
  readonly token?: string;
  readonly acceptEncoding?: string;
  readonly ifNoneMatch?: string;
}

/** A watch as its client sees it. */
export interface ContractWatch {
  readonly status: number;
  /** The next event; rejects when the stream ends or nothing comes for ten seconds. */
  next(): Promise<{ type: string; object: JsonMap }>;
  /** Resolves when the server ends the stream. */
  ended(): Promise<void>;
  close(): void;
}

/** The contract's whole view of a server: HTTP and nothing else. */
export interface ContractClient {
  request(method: string, path: string, request?: ContractRequest): Promise<ContractResponse>;
  watch(path: string, accept?: string): Promise<ContractWatch>;
  /** Forgets every version but the newest, which no request can bring about. */
  compact(): Promise<void>;
}

const PATIENCE_MS = 10_000;

export function createContractClient(server: ContractServer): ContractClient {
  const base = new URL(server.url);
  const transport = base.protocol === 'https:' ? https : http;

  function open(
    method: string,
    path: string,
    options: ContractRequest,
  ): Promise<http.IncomingMessage> {
    const { body, accept = 'application/json', userAgent = 'contract/1.0' } = options;
    const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = transport.request(
        new URL(path, base),
        {
          method,
          ...(server.ca === undefined ? {} : { ca: server.ca }),
          headers: {
            authorization: `Bearer ${options.token ?? server.token}`,
            accept,
            'user-agent': userAgent,
            ...(options.acceptEncoding === undefined
              ? {}
              : { 'accept-encoding': options.acceptEncoding }),
            ...(options.ifNoneMatch === undefined ? {} : { 'if-none-match': options.ifNoneMatch }),
            ...(payload === undefined
              ? {}
              : {
                  'content-type': options.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }),
          },
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  }

  return {
    async request(method, path, options = {}) {
      const response = await open(method, path, options);
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += String(part);
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        body: objectOf(text),
      };
    },
    async watch(path, accept) {
      const response = await open('GET', path, accept === undefined ? {} : { accept });
      return readWatch(response);
    },
    async compact() {
      if (server.compact === undefined) throw new Error('this server cannot be compacted');
      await server.compact();
    },
  };
}

function objectOf(text: string): JsonMap {
  if (!text.trimStart().startsWith('{')) return {};
  const value = parseJson(text);
  return isMap(value) ? value : {};
}

function readWatch(response: http.IncomingMessage): ContractWatch {
  const lines: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  let rest = '';
  let ended = false;
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    const parts = (rest + part).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      const waiter = waiting.shift();
      if (waiter === undefined) lines.push(line);
      else waiter(line);
    }
  });
  const finished = new Promise<void>((resolve) => {
    response.on('close', () => {
      ended = true;
      for (const waiter of waiting.splice(0)) waiter(undefined);
      resolve();
    });
  });
  response.on('error', () => undefined);

  function nextLine(): Promise<string | undefined> {
    const line = lines.shift();
    if (line !== undefined || ended) return Promise.resolve(line);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no event came')), PATIENCE_MS);
      waiting.push((next) => {
        clearTimeout(timer);
        resolve(next);
      });
    });
  }

  return {
    status: response.statusCode ?? 0,
    async next() {
      const line = await nextLine();
      if (line === undefined) throw new Error('the stream ended');
      const event = objectOf(line);
      return { type: stringAt(event, 'type') ?? '', object: mapAt(event, 'object') ?? {} };
    },
    ended: () => finished,
    close: () => response.destroy(),
  };
}
