import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { ControlPlaneError } from './errors.ts';

/**
 * Below the ranges from which kernels take the ports of outgoing connections (Linux from 32768, macOS and Windows from
 * 49152): so a port stays free between its choice and its use, and while an API server is stopped.
 */
const lowest = 20_000;
const highest = 32_767;

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** `count` different ports of 127.0.0.1 on which nothing listens. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let attempt = 0; attempt < 1000 && found.size < count; attempt++) {
    const port = randomInt(lowest, highest + 1);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  if (found.size < count) {
    throw new ControlPlaneError(
      `no ${String(count)} free ports between ${String(lowest)} and ${String(highest)} on 127.0.0.1`,
    );
  }
  return [...found];
}
