import { createApi, isApiPath, TOKEN_PREFIX, unwrapToken, type Extension } from './api.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Cluster } from './cluster.ts';
import { createBackground } from './controllers/background.ts';
import { runEventExpiry } from './controllers/event-expiry.ts';
import { runGarbageCollector } from './controllers/garbage-collector.ts';
import {
  admitNamespace,
  createInitialNamespaces,
  isTerminating,
  runNamespaceController,
} from './controllers/namespaces.ts';
import { admitCrd } from './crd/crd-admission.ts';
import { runCrdController } from './crd/crd-controller.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import type { Answer, ApiRequest, Reply } from './http/answer.ts';
import { createGate } from './http/gate.ts';
import { createListener } from './http/listener.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { createRandom } from './random.ts';
import { createWatchSet } from './read/watch-set.ts';
import { createResourceApi } from './resource-api.ts';
import { builtInRules } from './resources/built-in-admission.ts';
import { createRegistry } from './resources/registry.ts';
import { qualified } from './status.ts';
import type { HistoryLimits } from './storage/history.ts';
import { createRevision } from './storage/revision.ts';
import { createAdmission } from './write/admission.ts';
import { createLifecycle } from './write/lifecycle.ts';

export interface FakeApiServerOptions {
  /** The port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** What clients must send as `Authorization: Bearer`; by default made from the seed. */
  readonly token?: string;
  /** Everything random (uids, generated names, default time-outs) comes from it. */
  readonly seed?: number;
  readonly clock?: Clock;
  /** The name of the kubeconfig's context: `demo` unless said otherwise. */
  readonly context?: string;
  /** How much of each resource's past a watch can start from. */
  readonly history?: Partial<HistoryLimits>;
  /** Sees every request before it is answered; an answer of its own is sent instead. */
  readonly intercept?: (request: ApiRequest) => Answer | undefined | Promise<Answer | undefined>;
  /**
   * Asked, once the caller is authenticated, for every path that does not begin as the API's do;
   * no fault meets these.
   */
  readonly extend?: Extension;
}

export interface FakeApiServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** YAML text; its server address carries the token, because kubectl sends none over HTTP. */
  kubeconfig(): string;
  /** Stops listening and destroys every connection; the state is kept. */
  stop(): Promise<void>;
  /** Listens again, at the same port, with the same state. */
  start(): Promise<void>;
  /** Stops for good. */
  close(): Promise<void>;
  /** From now on requests are accepted and not answered, and watches are silent. */
  freeze(): void;
  /** Answers what came while frozen, and goes on. */
  thaw(): void;
  /** Destroys the connection of every open watch, in the middle of whatever it says. */
  cutWatches(): void;
  /**
   * Forgets the past of one resource (`plural.group`, as in `widgets.example.com`) or of all: a
   * watch or list from before now is told that it has expired. Throws for one that is not served.
   */
  compact(resource?: string): void;
  /** Cut, delay, garble and refuse, for one resource, one client or all. */
  readonly faults: Faults;
}

/** Well above 1000, so that a number taken for a version by mistake stands out. */
const FIRST_REVISION = 10_000;
const DEFAULT_HISTORY: HistoryLimits = { events: 10_000, bytes: 64 * 1024 * 1024 };
const DEFAULT_SEED = 1;
/** Faults draw from a sequence of their own, so that they change no uid. */
const FAULTS_SEED = 0x5eed;

/** Starts an API server of its own on loopback, with nothing in it but the first namespaces. */
export async function createFakeApiServer(
  options: FakeApiServerOptions = {},
): Promise<FakeApiServer> {
  const seed = options.seed ?? DEFAULT_SEED;
  const random = createRandom(seed);
  const token = options.token ?? random.uid();
  const cluster = createCluster(options, random);
  const watches = createWatchSet();
  const admission = createAdmission(
    new Map([
      ...builtInRules(cluster),
      ['/namespaces', admitNamespace],
      ['apiextensions.k8s.io/customresourcedefinitions', admitCrd],
    ]),
  );
  const resources = createResourceApi(cluster, admission, watches);
  const address = (): string => `127.0.0.1:${listener.port}`;
  const api = createApi(cluster, resources, token, address, options.extend);
  const faults = createFaults(cluster.clock, createRandom(seed + FAULTS_SEED));
  const gate = createGate();
  const handle = async (asked: ApiRequest): Promise<Reply> => {
    const request = unwrapToken(asked);
    const intercepted = await options.intercept?.(request);
    if (intercepted !== undefined) return intercepted;
    const answer = (): Promise<Answer> => api.answer(request);
    return isApiPath(request.segments) ? faults.answer(request, answer) : answer();
  };
  const listener = createListener(options.port ?? 0, handle, gate);
  await listener.open();

  return {
    get url() {
      return `http://127.0.0.1:${listener.port}`;
    },
    get port() {
      return listener.port;
    },
    token,
    kubeconfig: () =>
      kubeconfigText({
        context: options.context ?? 'demo',
        url: `http://127.0.0.1:${listener.port}/${TOKEN_PREFIX}/${token}`,
        token,
      }),
    stop: () => listener.close(),
    start: () => listener.open(),
    close: () => listener.close(),
    freeze: () => gate.freeze(),
    thaw: () => gate.thaw(),
    cutWatches: () => watches.cutAll(),
    compact: (resource) => compact(cluster, resource),
    faults,
  };
}

function compact({ registry, revision }: Cluster, resource: string | undefined): void {
  if (resource === undefined) return registry.compact();
  const chosen = [...registry.types()].find((type) => qualified(type) === resource);
  if (chosen === undefined) throw new Error(`${resource} is not served: name it as plural.group`);
  registry.store(chosen).compact(revision.current);
}

function createCluster(options: FakeApiServerOptions, random: Cluster['random']): Cluster {
  const clock = options.clock ?? systemClock;
  const revision = createRevision(FIRST_REVISION, clock);
  const registry = createRegistry(revision, { ...DEFAULT_HISTORY, ...options.history });
  const lifecycle = createLifecycle(registry, clock);
  const cluster: Cluster = {
    clock,
    random,
    revision,
    registry,
    lifecycle,
    isTerminating: (namespace) => isTerminating(cluster, namespace),
  };
  runCrdController(cluster);
  const background = createBackground();
  runNamespaceController(cluster, background);
  runGarbageCollector(cluster, background);
  runEventExpiry(cluster);
  createInitialNamespaces(cluster);
  return cluster;
}
