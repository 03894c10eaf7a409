import { isLoopback, type Config } from '../config.ts';
import { failure, success, type Result } from '../result.ts';
import type { App } from './app.ts';

/** Starts to listen; returns the port, which the system chose where 0 was asked for. */
export async function listen(
  app: App,
  config: Pick<Config, 'listen' | 'port'>,
): Promise<Result<number>> {
  try {
    await app.listen({ host: config.listen, port: config.port });
  } catch (error) {
    return listenFailure(error, config);
  }
  const address = app.server.address();
  return success(typeof address === 'object' && address !== null ? address.port : config.port);
}

function listenFailure(error: unknown, config: Pick<Config, 'listen' | 'port'>): Result<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const { listen, port } = config;
  if (code === 'EADDRINUSE') {
    return failure({
      code: 'port-in-use',
      detail: `Port ${port} of ${listen} is in use.`,
      remedy: 'Stop what uses it, or choose another with --port (0 takes any free one).',
    });
  }
  if (code === 'EACCES') {
    return failure({
      code: 'port-refused',
      detail: `The system does not let Kindscope use port ${port}.`,
      remedy: 'Choose one above 1023 with --port.',
    });
  }
  if (code === 'EADDRNOTAVAIL') {
    return failure({
      code: 'address-unknown',
      detail: `${listen} is not an address of this machine.`,
      remedy: 'Give one that is with --listen.',
    });
  }
  throw error;
}

/** What is printed and opened; from other machines under the first host that was allowed. */
export function printedUrl(
  config: Pick<Config, 'listen' | 'allowedHosts' | 'basePath'>,
  port: number,
  token: string,
): string {
  const host = isLoopback(config.listen)
    ? `${config.listen.includes(':') ? `[${config.listen}]` : config.listen}:${port}`
    : withPort(config.allowedHosts[0] ?? config.listen, port);
  return `http://${host}${config.basePath}/?token=${encodeURIComponent(token)}`;
}

function withPort(host: string, port: number): string {
  return /:\d+$/.test(host) ? host : `${host}:${port}`;
}
