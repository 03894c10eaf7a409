import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject, listAt, parseJson, stringAt } from '@kindscope/kube';
import type { JsonObject } from '@kindscope/kube';
import type { Clock } from '../clock.ts';
import type { StoreEvent } from '../event.ts';
import { createInformerFactory } from '../informer-factory.ts';
import type { InformerState } from '../informer-state.ts';
import type { InformerTarget } from '../informer-target.ts';
import type { Informer } from '../informer.ts';
import { createRecoveryProbe } from '../recovery-probe.ts';
import { resourcePath } from '../resource-path.ts';
import { systemClock } from '../system-clock.ts';
import { createTransport } from '../transport.ts';
import type { TransportRequest } from '../transport.ts';
import { silent, tell } from './informer-harness.ts';
import { credentialsOf } from './kubeconfig-file.ts';
import { flags } from './objects.ts';

/** Waits for what must become true soon; says what did not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 10_000) {
  const deadline = systemClock.monotonic() + ms;
  while (!(await holds())) {
    if (systemClock.monotonic() > deadline) throw new Error(`not in ${ms} ms: ${what}`);
    await sleep(10);
  }
}

const signal = new AbortController().signal;

/** The clock of this machine, so many times faster: five minutes of patience need not take five. */
export function hurriedClock(factor: number): Clock {
  return {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic() * factor,
    after: (ms, callback) => systemClock.after(ms / factor, callback),
  };
}

/** The whole of this package against a real server, and a client that changes what it watches. */
export function connect(kubeconfig: string, clock: Clock = systemClock) {
  const transport = createTransport({
    credentials: credentialsOf(kubeconfig),
    userAgent: 'informer-test/1',
    log: silent,
    clock,
  });
  // No jitter: the tests need not wait for it.
  const deps = { transport, clock, random: () => 0, log: silent };
  const probe = createRecoveryProbe(deps);
  const factory = createInformerFactory({ ...deps, probe, lingerMs: 0 });

  async function send(request: Omit<TransportRequest, 'signal'>): Promise<JsonObject> {
    const response = await transport.request({ ...request, signal });
    const body = parseJson(await response.text());
    if (response.status >= 300 || !isJsonObject(body)) {
      throw new Error(
        `${request.method} ${request.path}: ${response.status} ${stringAt(body, 'message')}`,
      );
    }
    return body;
  }

  return {
    transport,
    probe,
    factory,
    create: (path: string, object: JsonObject) =>
      send({
        method: 'POST',
        path,
        body: JSON.stringify(object),
        headers: { 'content-type': 'application/json' },
      }),
    patch: (path: string, patch: JsonObject) =>
      send({
        method: 'PATCH',
        path,
        body: JSON.stringify(patch),
        headers: { 'content-type': 'application/merge-patch+json' },
      }),
    remove: (path: string) => send({ method: 'DELETE', path }),
    get: (path: string) => send({ path }),
    /** `key uid@resourceVersion` of each object, as an unpaged LIST says. */
    async list(target: InformerTarget): Promise<string[]> {
      const { labelSelector, fieldSelector } = target;
      const list = await send({
        path: resourcePath(target),
        query: { labelSelector, fieldSelector },
      });
      return listAt(list, 'items')
        .map((item) => {
          const part = (name: string): string => stringAt(item, 'metadata', name) ?? '';
          return `${part('namespace')}/${part('name')} ${part('uid')}@${part('resourceVersion')}`;
        })
        .sort();
    },
    /** An informer that is live, and everything it says. */
    async watch(target: InformerTarget = { gvr: flags }) {
      const { informer } = factory.acquire(target);
      const recording = record(informer);
      await until('the informer is live', () => informer.state.kind === 'live');
      return { informer, ...recording };
    },
    async close() {
      await factory.stop();
      probe.stop();
      await transport.close();
    },
  };
}

export type Connection = ReturnType<typeof connect>;

function record(informer: Informer) {
  const events: StoreEvent[] = [];
  const told: string[] = [];
  const states: InformerState[] = [];
  /** What a handler knows from events alone. */
  const replayed = new Map<string, string>();
  /** Events that cannot follow what was said before. */
  const contradictions: string[] = [];
  informer.onState((state) => states.push(state));
  informer.addHandler((event) => {
    events.push(event);
    told.push(tell(event));
    if (event.kind === 'delete') {
      if (!replayed.delete(event.old.key)) contradictions.push(tell(event));
    } else if (event.kind === 'add' || event.kind === 'update') {
      if (replayed.has(event.new.key) !== (event.kind === 'update'))
        contradictions.push(tell(event));
      replayed.set(event.new.key, identity(event.new));
    }
  });
  return {
    events,
    told,
    states,
    contradictions,
    replayed: () => [...replayed.values()].sort(),
    cached: () => Array.from(informer.store.values(), identity).sort(),
  };
}

function identity(object: { key: string; uid: string; resourceVersion: string }): string {
  return `${object.key} ${object.uid}@${object.resourceVersion}`;
}

export const crdPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** flags.demo.example.io, with a status subresource and no rules. */
const flagsCrd: JsonObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'flags.demo.example.io' },
  spec: {
    group: flags.group,
    scope: 'Namespaced',
    names: {
      plural: 'flags',
      singular: 'flag',
      kind: 'Flag',
      listKind: 'FlagList',
      shortNames: ['fl'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
};

export const flagsPath = resourcePath({ gvr: flags, namespace: 'default' });

/** Creates the CRD and waits until its resource is served. */
export async function installFlags(connection: Connection): Promise<void> {
  await connection.create(crdPath, flagsCrd);
  await until('flags are served', async () => {
    const response = await connection.transport.request({ path: flagsPath, signal });
    await response.text();
    return response.status === 200;
  });
}

/** A flag to be created: without what the server fills in. */
export function newFlag(name: string, spec: JsonObject = {}, labels: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'demo.example.io/v1',
    kind: 'Flag',
    metadata: { name, namespace: 'default', labels },
    spec,
  };
}
