import { dump } from 'js-yaml';

/** A kubeconfig for this server alone, as YAML text. */
export function kubeconfigText(options: {
  readonly context: string;
  readonly url: string;
  readonly token: string;
}): string {
  const { context, url, token } = options;
  const user = `${context}-admin`;
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    // @kubernetes/client-node speaks plain HTTP only where it is told not to look at certificates.
    clusters: [{ name: context, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: context, context: { cluster: context, user, namespace: 'default' } }],
    'current-context': context,
  });
}
