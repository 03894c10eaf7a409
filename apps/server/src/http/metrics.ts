import type { InformerInfo } from '@kindscope/protocol';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Catalog } from '../catalog/catalog.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { PastChanges } from '../timeline/away.ts';
import type { App } from './app.ts';

export interface MetricsDeps {
  readonly catalog: Pick<Catalog, 'informers' | 'resources'>;
  readonly connection: ClusterConnection;
  readonly changeLog: Pick<PastChanges, 'stats' | 'lastId'>;
}

/** What Prometheus scrapes; the token goes into its `authorization` setting. */
export function registerMetrics(app: App, deps: MetricsDeps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  describeInformers(registry, deps);
  describeTimeline(registry, deps);
  measureRequests(app, registry);
  app.get(
    '/metrics',
    { config: { anyHost: true }, schema: { summary: 'Prometheus metrics' } },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}

function describeInformers(registry: Registry, deps: MetricsDeps): void {
  const gauge = (name: string, help: string, value: () => number) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value());
        },
      }),
    );
  const perInformer = (name: string, help: string, value: (informer: InformerInfo) => number) =>
    registry.registerMetric(
      new Gauge({
        name: `kindscope_informer_${name}`,
        help,
        labelNames: ['group', 'version', 'resource', 'namespace', 'form'] as const,
        registers: [],
        collect() {
          this.reset();
          for (const informer of deps.catalog.informers()) {
            const { resource, namespace = '', metadataOnly = false } = informer;
            const labels = { ...resource, namespace, form: metadataOnly ? 'metadata' : 'whole' };
            this.set(labels, value(informer));
          }
        },
      }),
    );
  gauge('kindscope_cluster_connected', '1 while the API server answers', () =>
    deps.connection.state.kind === 'connected' ? 1 : 0,
  );
  gauge('kindscope_resources', 'Resources in the catalogue', () => deps.catalog.resources().length);
  gauge('kindscope_changes_kept', 'Changes in the log', () => deps.changeLog.stats().entries);
  perInformer('objects', 'Objects in the cache', ({ objects }) => objects);
  perInformer('live', '1 while the cache is true', ({ freshness }) =>
    freshness.kind === 'live' ? 1 : 0,
  );
  perInformer('viewers', 'Leases on the informer', ({ viewers }) => viewers);
  // Gauges, though they only grow: they begin anew with each informer.
  perInformer('events', 'Watch events received', ({ counters }) => counters.events);
  perInformer('relists', 'Lists after the first', ({ counters }) => counters.relists);
  perInformer('failures', 'Failed attempts', ({ counters }) => counters.failures);
}

function describeTimeline(registry: Registry, deps: MetricsDeps): void {
  registry.registerMetric(
    new Counter({
      name: 'kindscope_changes_total',
      help: 'Changes and gaps logged since the start',
      registers: [],
      collect() {
        this.reset();
        this.inc(deps.changeLog.lastId);
      },
    }),
  );
}

function measureRequests(app: App, registry: Registry): void {
  const duration = new Histogram({
    name: 'kindscope_http_request_duration_seconds',
    help: 'HTTP requests by route',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    duration.observe(labels, reply.elapsedTime / 1000);
  });
}
