import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { startControlPlane } from '../cluster/index.ts';
import type { Proxy } from './proxy.ts';
import { openProxy } from './proxy.ts';

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
  /** Ends one of them and starts it again, at the same address and with the same objects, with its past forgotten. */
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
        // A kube-apiserver that has just started knows nothing of what was before.
        fake.compact();
        await fake.start();
      }
    },
    async stop() {
      await Promise.all([fake.close(), plane.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server behind a way that can be cut. Closing that way is the caller's part. */
export async function throughProxy(
  server: ClientServer,
): Promise<{ readonly server: ClientServer; readonly proxy: Proxy }> {
  const text = await readFile(server.kubeconfig, 'utf8');
  const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? '';
  const proxy = await openProxy(Number(port));
  const kubeconfig = join(server.home, 'proxy.kubeconfig');
  const redirect = (value: string): string =>
    value.replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${proxy.port}`);
  await writeFile(kubeconfig, redirect(text));
  return { server: { ...server, kubeconfig, addresses: server.addresses.map(redirect) }, proxy };
}
