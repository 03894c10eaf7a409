import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { startControlPlane } from '../cluster/index.ts';

/** An API server as a client is pointed at it. */
export interface ClientServer {
  readonly name: 'embedded' | 'real';
  /** Path of a kubeconfig with the administrator's rights. */
  readonly kubeconfig: string;
  /** What a client may say of the address: the longest first. */
  readonly addresses: readonly string[];
  /** A folder of this server's own: clients keep what they have discovered in it. */
  readonly home: string;
}

/** The two that must not be told apart, and what talks to them. */
export interface Servers {
  readonly embedded: ClientServer;
  readonly real: ClientServer;
  /** Path of kubectl. */
  readonly kubectl: string;
  /** Cuts the connection of every open watch of one of them, as a load balancer would. */
  readonly restart: (server: ClientServer) => Promise<void>;
  readonly stop: () => Promise<void>;
}

function addressesOf(url: string, token = ''): readonly string[] {
  const host = new URL(url).host;
  return [...(token === '' ? [] : [`${url}/token/${token}`]), url, host];
}

/** Starts the embedded server in this process and a bare real one beside it. Both end with `stop`. */
export async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'kindscope-clients-'));
  const home = async (name: string): Promise<string> => {
    await mkdir(join(folder, name));
    return join(folder, name);
  };
  const plane = await startControlPlane({ bare: true });
  const fake = await createFakeApiServer();
  const embedded: ClientServer = {
    name: 'embedded',
    kubeconfig: join(folder, 'embedded.kubeconfig'),
    addresses: addressesOf(fake.url, fake.token),
    home: await home('embedded'),
  };
  await writeFile(embedded.kubeconfig, fake.kubeconfig());
  const real: ClientServer = {
    name: 'real',
    kubeconfig: plane.kubeconfig,
    addresses: addressesOf(plane.server),
    home: await home('real'),
  };
  return {
    embedded,
    real,
    kubectl: plane.kubectl,
    async restart(server) {
      if (server.name === 'real') {
        await plane.stopApiServer();
        await plane.startApiServer();
      } else {
        await fake.stop();
        await fake.start();
      }
    },
    async stop() {
      await Promise.all([fake.close(), plane.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
