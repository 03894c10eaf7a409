import type { Cluster } from '@kubernetes/client-node';

/**
 * What keeps a parsed file from being a kubeconfig, in words that follow "is not a kubeconfig:";
 * undefined where client-node can take it from here.
 */
export function shapeFault(raw: unknown): string | undefined {
  if (!isRecord(raw)) return 'it has no names with values in it';
  for (const part of ['clusters', 'users', 'contexts']) {
    const list = raw[part];
    if (list !== undefined && list !== null && !Array.isArray(list)) return `${part} is no list`;
  }
  const clusters: unknown[] = Array.isArray(raw['clusters']) ? raw['clusters'] : [];
  for (const [index, entry] of clusters.entries()) {
    const cluster = isRecord(entry) ? entry['cluster'] : undefined;
    const server = isRecord(cluster) ? cluster['server'] : undefined;
    if (server !== undefined && typeof server !== 'string') {
      return `clusters[${index}].cluster.server is no text`;
    }
  }
  return undefined;
}

/** What is wrong with how a cluster is to be reached, in words that follow its context's name. */
export function addressFault(cluster: Cluster): string | undefined {
  if (!isHttp(cluster.server)) return `names the server “${cluster.server}”, which is no address`;
  const { proxyUrl } = cluster;
  return proxyUrl === undefined || isHttp(proxyUrl)
    ? undefined
    : `names the proxy “${proxyUrl}”, which is no address of http or https`;
}

function isHttp(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
