import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** The network between a client and a server on 127.0.0.1, which can be made a bad one. */
export interface Wire {
  readonly port: number;
  /** Connections taken so far. */
  readonly connections: number;
  readonly open: number;
  /** From now on the answers come in pieces of this many bytes; 0 for as they are. */
  splitBy(bytes: number): void;
  /** Resets every connection that is open. */
  reset(): void;
  /** From now on every connection is reset `ms` after it was made, 0 at once; undefined ends it. */
  resetAfter(ms: number | undefined): void;
  /** Lets every connection that is open end after this many more bytes of answer: mid-line, mid-chunk. */
  truncateAfter(bytes: number): void;
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly upstream: Socket;
  left: number;
}

export async function createWire(target: number): Promise<Wire> {
  const links = new Set<Link>();
  let connections = 0;
  let split = 0;
  let resetMs: number | undefined;

  function pass(link: Link, chunk: Buffer): void {
    const allowed = chunk.subarray(0, link.left);
    link.left -= allowed.length;
    const size = split === 0 ? allowed.length : split;
    for (let at = 0; at < allowed.length; at += size)
      link.client.write(allowed.subarray(at, at + size));
    if (link.left === 0) link.client.end();
  }

  const server = createServer((client) => {
    connections += 1;
    if (resetMs === 0) {
      client.resetAndDestroy();
      return;
    }
    // One piece, one packet: as far as a test can see to it.
    client.setNoDelay(true);
    const upstream = connect(target, '127.0.0.1');
    const link: Link = { client, upstream, left: Number.POSITIVE_INFINITY };
    links.add(link);
    const close = (): void => {
      links.delete(link);
      client.destroy();
      upstream.destroy();
    };
    client
      .on('data', (chunk) => upstream.write(chunk))
      .on('close', close)
      .on('error', close);
    upstream
      .on('data', (chunk) => pass(link, chunk))
      .on('close', () => client.end())
      .on('error', close);
    if (resetMs !== undefined) void wait(resetMs).then(() => client.resetAndDestroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get open() {
      return links.size;
    },
    splitBy(bytes) {
      split = bytes;
    },
    reset() {
      for (const { client } of links) client.resetAndDestroy();
    },
    resetAfter(ms) {
      resetMs = ms;
    },
    truncateAfter(bytes) {
      for (const link of links) link.left = bytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const { client, upstream } of links) {
          client.destroy();
          upstream.destroy();
        }
      }),
  };
}
