import { listAt, isMap, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';

export const GROUP = 'contract.example.com';
export const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

let counter = 0;

/** A name nobody else uses in this run: suites share a server. */
export function unique(prefix: string): string {
  counter += 1;
  return `${prefix}-${process.pid.toString(36)}${counter.toString(36)}`;
}

/** A schema with the usual parts of a custom resource. */
const WIDGET_SCHEMA: JsonMap = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer', format: 'int64' },
        color: { type: 'string' },
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, count: { type: 'integer' } },
          },
        },
      },
    },
    status: {
      type: 'object',
      properties: {
        phase: { type: 'string' },
        conditions: {
          type: 'array',
          items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
  },
};

export interface WidgetOptions {
  readonly plural: string;
  readonly kind: string;
  readonly clusterScoped?: boolean;
  readonly status?: boolean;
  readonly versions?: readonly JsonMap[];
  readonly columns?: JsonMap[];
}

export function widgetVersion(options: WidgetOptions): JsonMap {
  return {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema: WIDGET_SCHEMA },
    ...(options.status === false ? {} : { subresources: { status: {} } }),
    ...(options.columns === undefined ? {} : { additionalPrinterColumns: options.columns }),
  };
}

export function widgetCrd(options: WidgetOptions): JsonMap {
  const { plural, kind } = options;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: options.clusterScoped === true ? 'Cluster' : 'Namespaced',
      names: { plural, kind, shortNames: [`${plural}x`] },
      versions: [...(options.versions ?? [widgetVersion(options)])],
    },
  };
}

/** Tries until `check` answers something; a real server takes a moment for what the fake does at once. */
export async function eventually<T>(
  check: () => Promise<T | undefined>,
  patienceMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`it did not come about within ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Creates a CRD and waits until its endpoints answer. */
export async function installCrd(client: ContractClient, crd: JsonMap): Promise<void> {
  const created = await client.request('POST', CRDS, { body: crd });
  if (created.status !== 201) throw new Error(`the CRD was refused: ${created.text}`);
  const spec = mapAt(crd, 'spec');
  const plural = stringAt(mapAt(spec, 'names'), 'plural') ?? '';
  for (const version of listAt(spec, 'versions')) {
    if (!isMap(version) || version['served'] !== true) continue;
    const path = `/apis/${GROUP}/${stringAt(version, 'name') ?? ''}/${plural}`;
    await eventually(async () => {
      const answer = await client.request('GET', path);
      return answer.status === 200 ? true : undefined;
    });
  }
}

/** A namespace of its own for a test. */
export async function createNamespace(client: ContractClient): Promise<string> {
  const name = unique('ns');
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const created = await client.request('POST', '/api/v1/namespaces', { body });
  if (created.status !== 201) throw new Error(`the namespace was refused: ${created.text}`);
  return name;
}

export function metadataOf(object: JsonMap): JsonMap {
  return mapAt(object, 'metadata') ?? {};
}

export function versionOf(object: JsonMap): string {
  return stringAt(metadataOf(object), 'resourceVersion') ?? '';
}

/** The names of a list's items. */
export function namesOf(list: JsonMap): string[] {
  return listAt(list, 'items').map((item) =>
    isMap(item) ? (stringAt(metadataOf(item), 'name') ?? '') : '',
  );
}

/** What an error says, without what is particular to one run. */
export function errorOf(body: JsonMap): JsonMap {
  const { kind, apiVersion, status, reason, code, message } = body;
  return { kind, apiVersion, status, reason, code, message };
}
