import type { ResourceType } from '../../resources/resource-type.ts';
import type { Column, ColumnDefinition } from '../table-columns.ts';
import { age, textAt } from './cell.ts';
import type { Cell, Cells } from './cell.ts';
import { clusterCells } from './cluster-cells.ts';
import recorded from './columns.json' with { type: 'json' };
import { workloadCells } from './workload-cells.ts';

const tables: Readonly<Record<string, readonly ColumnDefinition[] | undefined>> = recorded;

/** What every kind has. */
const COMMON: Cells = {
  Name: (object) => textAt(object, 'metadata', 'name'),
  Age: (object, now) => age(textAt(object, 'metadata', 'creationTimestamp'), now),
  'Created At': (object) => textAt(object, 'metadata', 'creationTimestamp'),
};

const empty: Cell = () => '';

/** The columns of a built-in kind, as a kube-apiserver defines them (scripts/record-tables.ts). */
export function builtInColumns({ group, resource }: ResourceType): readonly Column[] {
  const key = group === '' ? resource : `${resource}.${group}`;
  const definitions = tables[key] ?? [];
  const cells = workloadCells[key] ?? clusterCells[key] ?? {};
  return definitions.map((definition) => ({
    definition,
    cell: cells[definition.name] ?? COMMON[definition.name] ?? empty,
  }));
}
