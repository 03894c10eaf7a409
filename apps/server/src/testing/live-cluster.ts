import {
  createFakeApiServer,
  type FakeApiServer,
  type FakeApiServerOptions,
} from '@kindscope/fake-apiserver';
import {
  countObjects,
  createInformerFactory,
  createRecoveryProbe,
  createTransport,
  discover,
  systemClock,
  type Credentials,
} from '@kindscope/informer';
import pino from 'pino';
import { createCatalog, type CatalogDeps, type LiveCatalog } from '../catalog/live-catalog.ts';
import { createSecretRedaction } from '../catalog/secret-redaction.ts';
import { createClusterConnection, type ClusterConnection } from '../cluster/connection.ts';

type Intercept = NonNullable<FakeApiServerOptions['intercept']>;
type SeenRequest = Parameters<Intercept>[0];

/** One request that reached the API server: `GET /api/v1/pods?limit=1`. */
interface SeenLine {
  readonly line: string;
  readonly request: SeenRequest;
}

export interface LiveCluster {
  readonly api: FakeApiServer;
  readonly catalog: LiveCatalog;
  readonly connection: ClusterConnection;
  /** What was asked since the start, oldest first. */
  readonly seen: readonly SeenLine[];
  /** Answers instead of the API server, until it returns undefined. */
  intercept(handler: Intercept): void;
  /** Straight to the API server; fails the test where it refuses. */
  send(method: string, path: string, body?: unknown): Promise<void>;
  close(): Promise<void>;
}

export interface LiveClusterOptions extends Partial<
  Pick<CatalogDeps, 'namespaces' | 'fallbackNamespace' | 'lingerMs'>
> {
  readonly intercept?: Intercept;
  /** The API server does not answer yet: start it with `api.start()`. */
  readonly down?: true;
  /** Runs when the API server is up and nothing has asked it anything. */
  readonly prepare?: (send: LiveCluster['send']) => Promise<void>;
}

const log = pino({ level: 'silent' });

/** The real informers and catalogue on an embedded API server. */
export async function startLiveCluster(options: LiveClusterOptions = {}): Promise<LiveCluster> {
  let handler: Intercept | undefined;
  const seen: SeenLine[] = [];
  const api = await createFakeApiServer({
    seed: 3,
    intercept(request) {
      const query = request.query.toString();
      const path = `/${request.segments.join('/')}${query === '' ? '' : `?${query}`}`;
      seen.push({ line: `${request.method} ${path}`, request });
      return handler?.(request);
    },
  });
  const send = createSender(api);
  await options.prepare?.(send);
  seen.length = 0;
  handler = options.intercept;
  if (options.down === true) await api.stop();

  const clock = systemClock;
  const transport = createTransport({
    credentials: toCredentials(api),
    userAgent: 'test',
    log,
    clock,
  });
  const probe = createRecoveryProbe({ transport, clock, random: Math.random, log });
  const connection = createClusterConnection({ probe, clock });
  const transform = createSecretRedaction();
  const deps = { transport, probe, clock, random: Math.random, log, transform, lingerMs: 0 };
  const factory = createInformerFactory(deps);
  const catalog = createCatalog({
    factory,
    discover: (signal) => discover({ transport, signal }),
    count: (target, signal) => countObjects({ ...target, transport, signal }),
    connection,
    clock,
    log,
    namespaces: options.namespaces ?? [],
    fallbackNamespace: options.fallbackNamespace,
    ...(options.lingerMs !== undefined && { lingerMs: options.lingerMs }),
  });
  probe.check();
  return {
    api,
    catalog,
    connection,
    seen,
    intercept(next) {
      handler = next;
    },
    send,
    async close() {
      catalog.stop();
      probe.stop();
      await factory.stop();
      await transport.close();
      await api.close();
    },
  };
}

function createSender(api: FakeApiServer): LiveCluster['send'] {
  return async (method, path, body) => {
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${api.token}`,
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  };
}

function toCredentials(api: FakeApiServer): Credentials {
  return {
    context: 'test',
    source: 'test',
    server: api.url,
    namespace: undefined,
    contexts: ['test'],
    proxyUrl: undefined,
    authenticate: async () => ({ headers: { authorization: `Bearer ${api.token}` }, tls: {} }),
  };
}

/** What a kube-apiserver answers to who may not. */
export function forbidden(): Awaited<ReturnType<Intercept>> {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'Forbidden',
    message: 'forbidden: not allowed',
    code: 403,
  };
  const body = Buffer.from(JSON.stringify(status));
  return { kind: 'body', status: 403, contentType: 'application/json', body };
}

export const widgets = { group: 'example.com', version: 'v1', resource: 'widgets' };

/** A CRD of widgets, or of what `plural` says: v1 with a Size column, v1beta1 without. */
export function widgetCrd(plural = 'widgets', scope: 'Namespaced' | 'Cluster' = 'Namespaced') {
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  const kind = plural[0]?.toUpperCase() + plural.slice(1, -1);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.example.com` },
    spec: {
      group: 'example.com',
      scope,
      names: { plural, singular: plural.slice(0, -1), kind, shortNames: [plural.slice(0, 2)] },
      versions: [
        { name: 'v1beta1', served: true, storage: false, schema },
        {
          name: 'v1',
          served: true,
          storage: true,
          schema,
          additionalPrinterColumns: [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }],
        },
      ],
    },
  };
}

export const crdPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export function widget(name: string, spec: object = {}, labels: Record<string, string> = {}) {
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name, labels }, spec };
}

export function widgetPath(namespace: string, name = ''): string {
  return `/apis/example.com/v1/namespaces/${namespace}/widgets${name === '' ? '' : `/${name}`}`;
}
