import {
  createInformerFactory,
  createRecoveryProbe,
  createTransport,
  systemClock,
  type InformerFactory,
  type Log,
} from '@kindscope/informer';
import { createClient, type Client } from './client.ts';

/** One user's way to the API server: to watch, and to write. */
export interface Connection {
  readonly factory: InformerFactory;
  readonly client: Client;
  /** Ends every watch and destroys every connection. */
  close(): Promise<void>;
}

export function connect(server: string, token: string, log: Log): Connection {
  const credentials = {
    context: 'demo',
    source: 'demo',
    server,
    namespace: undefined,
    contexts: ['demo'],
    proxyUrl: undefined,
    authenticate: async () => ({ headers: { authorization: `Bearer ${token}` }, tls: {} }),
  };
  const clock = systemClock;
  const random = Math.random;
  const transport = createTransport({ credentials, userAgent: 'kindscope-demo', log, clock });
  const probe = createRecoveryProbe({ transport, clock, random, log });
  const factory = createInformerFactory({ transport, probe, clock, random, log });
  return {
    factory,
    client: createClient(transport),
    async close() {
      probe.stop();
      await factory.stop();
      await transport.close();
    },
  };
}
