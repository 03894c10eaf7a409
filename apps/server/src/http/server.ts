import type { Clock } from '@kindscope/informer';
import { stringifyJson, type JsonValue } from '@kindscope/kube';
import type { ClusterInfo } from '@kindscope/protocol';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import type { PastChanges } from '../timeline/away.ts';
import type { ChangeLog } from '../timeline/change-log.ts';
import type { RevisionLog } from '../timeline/revision-log.ts';
import type { KeepWatching } from '../watching/keep-watching.ts';
import type { Access } from './access.ts';
import type { App } from './app.ts';
import { registerChanges } from './change-routes.ts';
import { answerClientError } from './client-error.ts';
import { registerCluster } from './cluster-route.ts';
import { registerDemo, type DemoRoutesDeps } from './demo-routes.ts';
import { registerFacets } from './facets-route.ts';
import { registerHealth } from './health-routes.ts';
import type { Hosts } from './hosts.ts';
import { registerMetrics, type MetricsDeps } from './metrics.ts';
import { registerObjectList, type ObjectListDeps } from './object-list-route.ts';
import { registerObject } from './object-route.ts';
import { registerOpenApi } from './openapi.ts';
import { answerBadAddress, registerProblems } from './problem.ts';
import { registerResources } from './resource-routes.ts';
import { registerRevisions } from './revision-routes.ts';
import { registerRolling } from './rolling-routes.ts';
import { registerRollout } from './rollout-routes.ts';
import { registerSecurity } from './security.ts';
import { registerSession } from './session-route.ts';
import { registerShell } from './shell.ts';
import { registerWatching } from './watching-routes.ts';

export interface ServerDeps extends ObjectListDeps, MetricsDeps, DemoRoutesDeps {
  readonly catalog: ObjectListDeps['catalog'];
  readonly changeLog: PastChanges;
  /** The log itself, to those that follow it. */
  readonly changes: ChangeLog;
  readonly revisions: RevisionLog;
  readonly watching: KeepWatching;
  readonly clock: Clock;
  /** Changes with the server's process. */
  readonly instance: string;
  readonly access: Access;
  readonly hosts: Hosts;
  readonly cluster: () => ClusterInfo;
  readonly log: FastifyBaseLogger;
  readonly version: string;
  readonly dist: string;
  readonly basePath: string;
  /** Registers what streams: the WebSocket and SSE. */
  readonly streams: (app: App) => Promise<void>;
}

/** The whole HTTP side, not listening yet. */
export async function createServer(deps: ServerDeps): Promise<App> {
  const { basePath } = deps;
  const app: App = Fastify({
    loggerInstance: deps.log,
    // Its lines hold URLs, and one of them the token: requests are logged below, by their route.
    logController: new LogController({ disableRequestLogging: true }),
    // A page that streams keeps its connections: stopping must not wait for them.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerClientError,
    // `strictNumbers` would let "Infinity" pass every maximum.
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: 'array', strictNumbers: false },
    },
    rewriteUrl: ({ url = '/' }) => withoutBasePath(basePath, url),
  });
  // Plain JSON: a compiled serializer would drop what no schema names and round what no double holds.
  app.setSerializerCompiler(() => (data) => stringifyJson(data as JsonValue));
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const { statusCode: status, elapsedTime: ms } = reply;
    deps.log.debug({ method, route: routeOptions.url, status, ms }, 'answered a request');
  });
  registerProblems(app);
  await registerSecurity(app, deps);
  await registerOpenApi(app, deps);
  registerMetrics(app, deps);
  registerHealth(app, deps);
  registerSession(app, deps);
  registerCluster(app, deps);
  registerResources(app, deps);
  registerObjectList(app, deps);
  registerFacets(app, deps);
  registerObject(app, deps);
  registerRevisions(app, deps);
  registerRollout(app, deps);
  registerRolling(app, deps);
  registerWatching(app, deps);
  registerDemo(app, deps);
  registerChanges(app, deps);
  await deps.streams(app);
  await registerShell(app, deps);
  return app;
}

/** Behind a proxy that passes its path on, and behind one that takes it off, alike. */
function withoutBasePath(basePath: string, url: string): string {
  if (!url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
