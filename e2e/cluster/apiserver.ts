import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiClient } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import { kubeconfigText } from './credentials.ts';
import type { User } from './credentials.ts';
import { users } from './credentials.ts';
import { ControlPlaneError } from './errors.ts';
import type { RunningProgram } from './processes.ts';
import { waitUntil } from './readiness.ts';
import type { Run } from './run.ts';

/** kube-apiserver, which can be ended and started again on the same port, with the same certificate and tokens. */
export interface ApiServer {
  readonly url: string;
  /** Starts it and waits until it is ready. Throws ControlPlaneError when it runs already. */
  readonly start: () => Promise<void>;
  /** Ends it at once, as a crash would: its clients' connections break without a goodbye. */
  readonly stop: () => Promise<void>;
  /** Stops it in its tracks: connections stay open and silent, until `thaw`. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Its process; throws ControlPlaneError when it does not run. */
  readonly program: () => RunningProgram;
  /** A client with the rights of the cluster's administrator. The server must have been started. */
  readonly client: () => Promise<ApiClient>;
  /** The version the server tells, such as `v1.36.3`. */
  readonly version: () => Promise<string>;
  /** Writes a kubeconfig for a user and returns its path. The server must have been started. */
  readonly writeKubeconfig: (user: User, path: string) => Promise<string>;
}

function flags(run: Run, certDir: string): string[] {
  const { credentials, ports } = run;
  return [
    `--etcd-servers=http://127.0.0.1:${String(ports.etcd)}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${String(ports['kube-apiserver'])}`,
    `--cert-dir=${certDir}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${credentials.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${credentials.serviceAccountKey}`,
    '--authorization-mode=RBAC',
    `--token-auth-file=${credentials.tokenFile}`,
    // There is no second server and no `kubernetes` service that anyone would reach it by.
    '--endpoint-reconciler-type=none',
  ];
}

/** Describes the API server of a run; `start` starts it. */
export function createApiServer(run: Run): ApiServer {
  const url = `https://127.0.0.1:${String(run.ports['kube-apiserver'])}`;
  const certDir = join(run.dir, 'apiserver');
  let program: RunningProgram | undefined;

  // The server makes its own certificate at its first start; the file holds the authority that signed it too.
  const authority = async (): Promise<string> => readFile(join(certDir, 'apiserver.crt'), 'utf8');

  const client: ApiServer['client'] = async () =>
    createApiClient({
      server: url,
      certificateAuthority: await authority(),
      token: run.credentials.tokens.admin,
      signal: run.signal,
    });

  const isRunning = (): boolean => program !== undefined && program.ending() === undefined;

  const running = (): RunningProgram => {
    if (program === undefined || !isRunning()) {
      throw new ControlPlaneError('kube-apiserver does not run');
    }
    return program;
  };

  return {
    url,
    client,
    program: running,
    start: async () => {
      if (isRunning()) throw new ControlPlaneError('kube-apiserver runs already');
      const started = await run.processes.start(
        'kube-apiserver',
        run.ports['kube-apiserver'],
        flags(run, certDir),
      );
      program = started;
      await waitUntil({
        what: 'kube-apiserver',
        program: started,
        signal: run.signal,
        probe: async () => (await (await client()).get('/readyz')).status === 200,
      });
      run.report('kube-apiserver is ready');
    },
    stop: async () => running().kill(),
    freeze: () => {
      running().signal('SIGSTOP');
    },
    thaw: () => {
      running().signal('SIGCONT');
    },
    version: async () => {
      const answer = JSON.parse((await (await client()).get('/version')).body) as {
        readonly gitVersion: string;
      };
      return answer.gitVersion;
    },
    writeKubeconfig: async (user, path) => {
      const text = kubeconfigText({
        cluster: run.name,
        server: url,
        certificateAuthority: await authority(),
        user: users[user].name,
        token: run.credentials.tokens[user],
      });
      await writeFile(path, text, { mode: 0o600 });
      return path;
    },
  };
}
