import { fileURLToPath } from 'node:url';
import {
  loadCredentials,
  type Credentials,
  type CredentialsError,
  type CredentialsResult,
} from '@kindscope/informer';
import type { Fault } from '@kindscope/protocol';
import type { Config } from '../config.ts';
import { failure, success, type Result } from '../result.ts';
import { startDemo, type DemoProcess } from './demo-process.ts';

/** The cluster that is shown, and how it was chosen. */
export interface ClusterTarget {
  readonly credentials: Credentials;
  /** Scheme, host and port of the API server, for people: its path and its user may hold a secret. */
  readonly server: string;
  /** The kubeconfig's context, `in-cluster`, or `demo`. */
  readonly context: string;
  /** Where the credentials came from, for people. */
  readonly source: string;
  /** Undefined for a cluster that is not ours. */
  readonly demo: DemoProcess | undefined;
  /** Why the demo was started without being asked for. */
  readonly unasked: boolean;
}

const demoProgram = fileURLToPath(new URL('../../../demo/src/main.ts', import.meta.url));

/**
 * The cluster to show: `--kubeconfig` and `--context`, else KUBECONFIG, else the default file, else the
 * pod's service account, else (or with `--demo`) the embedded demo cluster, which is started here.
 */
export async function chooseCluster(config: Config): Promise<Result<ClusterTarget>> {
  if (config.demo) return demoTarget(config, false);
  const loaded = loadCredentials({
    ...(config.kubeconfig !== undefined && { kubeconfig: config.kubeconfig }),
    ...(config.context !== undefined && { context: config.context }),
  });
  if (loaded.ok) {
    const { credentials } = loaded;
    const { context, source } = credentials;
    const server = new URL(credentials.server).origin;
    return success({ credentials, server, context, source, demo: undefined, unasked: false });
  }
  // A context was asked for by name: something else in its place would be a lie.
  if (loaded.error.code === 'no-cluster' && config.context === undefined) {
    return demoTarget(config, true);
  }
  return failure(credentialsFault(loaded.error));
}

async function demoTarget(config: Config, unasked: boolean): Promise<Result<ClusterTarget>> {
  const { demoObjects: objects, demoRate: rate, scenarios } = config;
  const demo = await startDemo({ program: demoProgram, objects, rate, scenarios });
  if (!demo.ok) return demo;
  const loaded: CredentialsResult = loadCredentials({ kubeconfig: demo.value.kubeconfig });
  if (!loaded.ok) {
    await demo.value.stop();
    return failure(credentialsFault(loaded.error));
  }
  return success({
    credentials: loaded.credentials,
    server: demo.value.server,
    context: 'demo',
    source: 'embedded demo cluster',
    demo: demo.value,
    unasked,
  });
}

function credentialsFault({ code, detail, remedy }: CredentialsError): Fault {
  return { code, detail, remedy };
}
