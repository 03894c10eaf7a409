import { expect, it } from 'vitest';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import { readFields } from '../protobuf/wire.ts';
import { createRegistry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { createRevision } from '../storage/revision.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { encodeOpenApiV2 } from './openapi-v2-protobuf.ts';
import { openApiV2Document } from './openapi-v2.ts';

const SCHEMA: JsonMap = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      description: 'What is wanted',
      properties: {
        open: {
          type: 'object',
          properties: { known: { type: 'string' } },
          'x-kubernetes-preserve-unknown-fields': true,
        },
        maybe: { type: 'string', nullable: true },
      },
    },
  },
};

function documentOf(schema: JsonMap): JsonMap {
  const registry = createRegistry(createRevision(1, createManualClock()), { events: 1, bytes: 1 });
  const widget: ResourceType = {
    group: 'example.com',
    resource: 'widgets',
    singular: 'widget',
    kind: 'Widget',
    listKind: 'WidgetList',
    namespaced: true,
    shortNames: [],
    categories: [],
    verbs: ['get'],
    custom: true,
    generation: true,
    selectableFields: [],
    versions: [{ version: 'v1', served: true, storage: true, status: false, columns: [], schema }],
  };
  registry.serve(widget);
  return openApiV2Document(registry);
}

it('says of custom resources what version 2 can say', () => {
  const definitions = mapAt(documentOf(SCHEMA), 'definitions') ?? {};
  const widget = mapAt(definitions, 'com.example.v1.Widget');
  expect(widget?.['x-kubernetes-group-version-kind']).toEqual([
    { group: 'example.com', kind: 'Widget', version: 'v1' },
  ]);
  expect(listAt(widget, 'required')).toEqual(['spec']);
  expect(mapAt(mapAt(mapAt(widget, 'properties'), 'spec'), 'properties')).toEqual({
    open: { 'x-kubernetes-preserve-unknown-fields': true },
    maybe: {},
  });
});

it('says of built-in kinds what Kubernetes says', () => {
  const definitions = mapAt(documentOf(SCHEMA), 'definitions') ?? {};
  const spec = mapAt(mapAt(definitions, 'io.k8s.api.apps.v1.DeploymentSpec'), 'properties');
  expect(mapAt(spec, 'strategy')).toMatchObject({
    $ref: '#/definitions/io.k8s.api.apps.v1.DeploymentStrategy',
    'x-kubernetes-patch-strategy': 'retainKeys',
  });
  expect(mapAt(spec, 'replicas')).toMatchObject({ type: 'integer', format: 'int32' });
});

it('writes the document as the protobuf message that client-go reads', () => {
  const bytes = encodeOpenApiV2(documentOf(SCHEMA));
  const fields = [...readFields(bytes)].map(({ number, value }) => [number, value] as const);
  expect(fields.map(([number]) => number)).toEqual([1, 2, 8, 9]);
  expect(String(fields[0]?.[1])).toBe('2.0');
  const text = bytes.toString();
  for (const part of [
    'com.example.v1.Widget',
    'What is wanted',
    'x-kubernetes-group-version-kind',
  ]) {
    expect(text).toContain(part);
  }
});
