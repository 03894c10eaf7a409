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
    clusters: [{ name: context, cluster: { server: url } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: context, context: { cluster: context, user, namespace: 'default' } }],
    'current-context': context,
  });
}
