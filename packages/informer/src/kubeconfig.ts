import type { CredentialsResult } from './credentials.ts';

export interface CredentialsSource {
  /** A kubeconfig file. Without it: KUBECONFIG, then ~/.kube/config, then in-cluster. */
  readonly kubeconfig?: string;
  /** Instead of the kubeconfig's current context. */
  readonly context?: string;
  /** Only the pod's service account. */
  readonly inCluster?: boolean;
}

export function loadCredentials(source: CredentialsSource): CredentialsResult {
  throw new Error(`not built yet: ${source.kubeconfig}`);
}
