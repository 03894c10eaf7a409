import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import { createNamespace, eventually, unique } from './contract-fixtures.ts';

export const CONTAINERS: JsonMap[] = [{ name: 'c', image: 'i' }];
export const LABELS: JsonMap = { app: 'web' };
export const TEMPLATE: JsonMap = { metadata: { labels: LABELS }, spec: { containers: CONTAINERS } };
export const SELECTOR: JsonMap = { matchLabels: LABELS };
/** What the spec of a pod gets where nothing is said, in a template of pods too. */
export const POD_DEFAULTS: JsonMap = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};
/** What a container of a pod gets where nothing is said. */
export const CONTAINER_DEFAULTS: JsonMap = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'Always',
};

/** Where each kind lives in a namespace. */
const PATHS = {
  pods: '/api/v1',
  services: '/api/v1',
  configmaps: '/api/v1',
  secrets: '/api/v1',
  events: '/api/v1',
  deployments: '/apis/apps/v1',
  replicasets: '/apis/apps/v1',
  statefulsets: '/apis/apps/v1',
  daemonsets: '/apis/apps/v1',
  jobs: '/apis/batch/v1',
  cronjobs: '/apis/batch/v1',
  leases: '/apis/coordination.k8s.io/v1',
} as const;

export type BuiltIn = keyof typeof PATHS;

/** A namespace in which pods can be made: without controllers nobody makes its service account. */
export async function createBuiltInNamespace(client: ContractClient): Promise<string> {
  const namespace = await createNamespace(client);
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await client.request('POST', path, { body: { metadata: { name: 'default' } } });
  await eventually(async () => {
    const { status } = await client.request('GET', `${path}/default`);
    return status === 200 ? true : undefined;
  });
  return namespace;
}

/** One kind in one namespace, to be written to. */
export interface Collection {
  readonly path: string;
  /** A new object under a name of its own; throws unless it is created. */
  created(body: JsonMap): Promise<JsonMap>;
  /** What a new object with this body is answered with, without creating it. */
  tried(body: JsonMap): Promise<JsonMap>;
  /** The message of the error that a new object with this body is answered with. */
  refused(body: JsonMap): Promise<Json | undefined>;
}

export function collectionOf(
  client: ContractClient,
  namespace: string,
  resource: BuiltIn,
): Collection {
  const path = `${PATHS[resource]}/namespaces/${namespace}/${resource}`;
  const post = async (body: JsonMap, query = ''): Promise<JsonMap> => {
    const metadata = { name: unique('b'), ...mapAt(body, 'metadata') };
    return (await client.request('POST', path + query, { body: { ...body, metadata } })).body;
  };
  const good = (body: JsonMap): JsonMap => {
    if (body['kind'] === 'Status') throw new Error(`it was refused: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    path,
    created: async (body) => good(await post(body)),
    tried: async (body) => good(await post(body, '?dryRun=All')),
    refused: async (body) =>
      (await post({ ...body, metadata: { name: 'x', ...mapAt(body, 'metadata') } }, '?dryRun=All'))[
        'message'
      ],
  };
}

export function nameOf(object: JsonMap): string {
  return stringAt(mapAt(object, 'metadata'), 'name') ?? '';
}

export function specOf(object: JsonMap): JsonMap {
  return mapAt(object, 'spec') ?? {};
}

/** The spec of the pods that a workload makes. */
export function podSpecOf(workload: JsonMap): JsonMap {
  return mapAt(mapAt(specOf(workload), 'template'), 'spec') ?? {};
}

/** The first of its `managedFields`: what its first writer owns. */
export function ownedFields(object: JsonMap): JsonMap {
  const [first] = listAt(mapAt(object, 'metadata'), 'managedFields');
  return isMap(first) ? (mapAt(first, 'fieldsV1') ?? {}) : {};
}
