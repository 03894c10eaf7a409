const group = 'bench.example.com';
export const collection = `/apis/${group}/v1/namespaces/default/items`;
export const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
export const everywhere = `/apis/${group}/v1/items`;

const text = { type: 'string' };
const number = { type: 'integer' };

/** A CRD with a schema of the ordinary sort, so that both servers prune, default and validate. */
export const itemCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `items.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'items', singular: 'item', kind: 'Item' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['size', 'parts'],
                properties: {
                  size: { ...number, minimum: 0, maximum: 1_000_000 },
                  mode: { ...text, enum: ['Fast', 'Safe'], default: 'Safe' },
                  note: { ...text, maxLength: 2000 },
                  parts: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: { ...text, pattern: '^[a-z0-9-]+$' },
                        image: text,
                        port: { ...number, format: 'int32' },
                        options: { type: 'object', additionalProperties: text },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

/** One custom resource; as the servers give it back, managedFields included, it is 2 KB. */
export function itemBody(index: number): Buffer {
  const name = itemName(index);
  return Buffer.from(
    JSON.stringify({
      apiVersion: `${group}/v1`,
      kind: 'Item',
      metadata: {
        name,
        namespace: 'default',
        labels: { app: `app-${index % 50}`, tier: index % 2 === 0 ? 'web' : 'store' },
        annotations: { 'example.com/owner': `team-${index % 20}` },
      },
      spec: {
        size: index,
        note: `${name} `.repeat(68),
        parts: ['main', 'proxy'].map((part) => ({
          name: part,
          image: `registry.example.com/${part}:1.${index % 100}`,
          port: 8080,
          options: { level: 'info' },
        })),
      },
    }),
  );
}

/** Names whose order is that of their numbers. */
function itemName(index: number): string {
  return `item-${String(index).padStart(7, '0')}`;
}
