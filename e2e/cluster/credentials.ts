import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Who may speak to the API server, each with a token of its own. */
export const users = {
  admin: { name: 'kindscope-admin', groups: 'system:masters' },
  'kube-controller-manager': { name: 'system:kube-controller-manager', groups: '' },
  'kube-scheduler': { name: 'system:kube-scheduler', groups: '' },
  kwok: { name: 'kwok', groups: 'system:masters' },
  'rollouts-controller': { name: 'argo-rollouts', groups: 'system:masters' },
} as const;

export type User = keyof typeof users;

export interface Credentials {
  /** For kube-apiserver's `--token-auth-file`. */
  readonly tokenFile: string;
  readonly tokens: Readonly<Record<User, string>>;
  /** Signs and verifies service account tokens. */
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
}

/** One line per user: token, name, uid, groups. Source: kubernetes.io, Authenticating, static token file. */
export function tokenFileText(tokens: Readonly<Record<User, string>>): string {
  return Object.entries(users)
    .map(([user, { name, groups }]) => {
      const columns = [tokens[user as User], name, name];
      return `${(groups === '' ? columns : [...columns, `"${groups}"`]).join(',')}\n`;
    })
    .join('');
}

/** Makes new tokens and a new service account key pair in `dir`, readable by the owner alone. */
export async function createCredentials(dir: string): Promise<Credentials> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const token = (): string => randomBytes(24).toString('base64url');
  const tokens: Record<User, string> = {
    admin: token(),
    'kube-controller-manager': token(),
    'kube-scheduler': token(),
    kwok: token(),
    'rollouts-controller': token(),
  };
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(dir, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  return {
    tokens,
    tokenFile: await write('tokens.csv', tokenFileText(tokens)),
    serviceAccountKey: await write('service-account.key', pair.privateKey),
    serviceAccountPublicKey: await write('service-account.pub', pair.publicKey),
  };
}

export interface KubeconfigInputs {
  /** The cluster's name. */
  readonly cluster: string;
  readonly server: string;
  /** PEM. */
  readonly certificateAuthority: string;
  readonly user: string;
  readonly token: string;
}

/** The name of a cluster's context: one that stays unique when kubeconfigs are merged. */
export function contextName(cluster: string): string {
  return `kindscope-${cluster}`;
}

/** A kubeconfig with one context. */
export function kubeconfigText(inputs: KubeconfigInputs): string {
  const { server, user, token } = inputs;
  const context = contextName(inputs.cluster);
  return `apiVersion: v1
kind: Config
current-context: ${context}
clusters:
  - name: ${context}
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from(inputs.certificateAuthority).toString('base64')}
contexts:
  - name: ${context}
    context:
      cluster: ${context}
      user: ${user}
users:
  - name: ${user}
    user:
      token: ${token}
`;
}
