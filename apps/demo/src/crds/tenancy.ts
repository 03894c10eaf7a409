import type { CrdSpec } from './crd.ts';
import { int, object, set, status, text } from './schema.ts';

/** Who has what of the cluster. */
export const tenancy: readonly CrdSpec[] = [
  {
    group: 'tenancy.example.com',
    kind: 'Tenant',
    plural: 'tenants',
    scope: 'Cluster',
    description: 'Tenant is a team with its namespaces and its share of the cluster.',
    spec: object(
      {
        namespaces: set(text('A namespace.'), 'The namespaces that are its own.'),
        quota: {
          type: 'object',
          description: 'How much of each resource it may use in all its namespaces together.',
          additionalProperties: { 'x-kubernetes-int-or-string': true },
        },
        contact: { ...text('Where the team is reached.'), format: 'email' },
        costCenter: { ...text('Who pays for it.'), pattern: '^[0-9]{4}$' },
      },
      ['namespaces'],
    ),
    status: status({
      usedCpu: text('How much CPU it uses now.'),
      namespaces: int('How many of its namespaces exist.'),
    }),
    columns: [
      { name: 'Namespaces', type: 'integer', jsonPath: '.status.namespaces' },
      { name: 'CPU', type: 'string', jsonPath: '.status.usedCpu' },
      { name: 'Of', type: 'string', jsonPath: '.spec.quota.cpu' },
      { name: 'Contact', type: 'string', jsonPath: '.spec.contact', priority: 1 },
    ],
  },
];
