import { ClusterInfo } from '@kindscope/protocol';
import type { App } from './app.ts';

export function registerCluster(app: App, deps: { readonly cluster: () => ClusterInfo }): void {
  app.get(
    '/api/v1/cluster',
    { schema: { summary: 'The cluster that is shown', response: { 200: ClusterInfo } } },
    async () => deps.cluster(),
  );
}
