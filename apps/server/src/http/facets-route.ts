import { Type } from '@fastify/type-provider-typebox';
import { Facets } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import { readSelection, type Selection } from '../fanout/selection.ts';
import type { App } from './app.ts';
import { waitMs, withSource } from './lease.ts';
import { ResourceParams, scopeQuery, toRef, unwrap, waitQuery } from './params.ts';
import { requestSignal } from './request-signal.ts';

/** Values of one label that are listed; a key with more is an identifier rather than a choice. */
const valueLimit = 50;

export function registerFacets(app: App, deps: { readonly catalog: Catalog }): void {
  app.get(
    '/api/v1/resources/:group/:version/:resource/facets',
    {
      schema: {
        summary: 'Namespaces and labels there are to choose from, from the cache',
        params: ResourceParams,
        querystring: Type.Object({ ...scopeQuery, ...waitQuery }, { additionalProperties: false }),
        response: { 200: Facets },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const selection = unwrap(readSelection(query));
      return withSource(
        { catalog: deps.catalog, signal: requestSignal(reply) },
        { ref: toRef(request.params), namespace: query.namespace, waitMs: waitMs(query.wait) },
        (source) => facetsOf(source, selection),
      );
    },
  );
}

function facetsOf(source: ObjectSource, selection: Selection): Facets {
  const namespaces = new Map<string, number>();
  const labels = new Map<string, Map<string, number>>();
  for (const handle of source.values()) {
    if (!selection.matches(handle)) continue;
    if (handle.namespace !== '') increment(namespaces, handle.namespace);
    for (const [key, value] of Object.entries(handle.labels)) {
      let values = labels.get(key);
      if (values === undefined) labels.set(key, (values = new Map()));
      increment(values, value);
    }
  }
  return {
    namespaces: [...namespaces]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => compareText(a.name, b.name)),
    labels: [...labels]
      .map(([key, values]) => labelFacet(key, values))
      .sort((a, b) => compareText(a.key, b.key)),
    syncing: source.freshness.kind === 'syncing',
  };
}

function labelFacet(key: string, counts: Map<string, number>): Facets['labels'][number] {
  const values = [...counts].map(([value, count]) => ({ value, count }));
  values.sort((a, b) => b.count - a.count || compareText(a.value, b.value));
  const count = values.reduce((sum, value) => sum + value.count, 0);
  return { key, count, values: values.slice(0, valueLimit) };
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
