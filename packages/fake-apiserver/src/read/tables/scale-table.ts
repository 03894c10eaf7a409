import type { JsonMap } from '../../json.ts';
import type { ColumnDefinition } from '../table-columns.ts';
import { age, countAt, textAt } from './cell.ts';

const column = (name: string, type: string, description: string): ColumnDefinition => ({
  name,
  type,
  format: '',
  description,
  priority: 0,
});

/** What a table says of a Scale, whatever it is the scale of (registry/rest printScale). */
const COLUMNS: readonly ColumnDefinition[] = [
  { ...column('Name', 'string', 'Name must be unique within a namespace.'), format: 'name' },
  column('Desired', 'integer', 'Number of desired replicas'),
  column('Available', 'integer', 'Number of actual replicas'),
  column('Age', 'date', 'The time since this object was created.'),
];

/** A Scale as `kubectl get --subresource=scale` asks for it. `apiVersion` is that of `meta.k8s.io`. */
export function scaleTable(scale: JsonMap, apiVersion: string, now: number): JsonMap {
  const metadata = scale['metadata'] ?? {};
  return {
    kind: 'Table',
    apiVersion,
    metadata: { resourceVersion: textAt(metadata, 'resourceVersion') },
    columnDefinitions: COLUMNS.map((definition) => ({ ...definition })),
    rows: [
      {
        cells: [
          textAt(metadata, 'name'),
          countAt(scale, 'spec', 'replicas'),
          countAt(scale, 'status', 'replicas'),
          age(textAt(metadata, 'creationTimestamp'), now),
        ],
        object: { kind: 'PartialObjectMetadata', apiVersion, metadata },
      },
    ],
  };
}
