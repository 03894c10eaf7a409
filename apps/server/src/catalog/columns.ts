import { crdColumns, printerColumns, type TableColumn } from '@kindscope/kube';
import type { Column, ResourceRef } from '@kindscope/protocol';
import type { CrdEntry } from './crd.ts';
import { resourceId } from './resource-index.ts';

/** Compiled columns, made once per resource, version and state of its CRD. */
export interface ColumnCache {
  of(ref: ResourceRef): readonly TableColumn[];
}

export function createColumnCache(deps: {
  readonly crd: (id: string) => CrdEntry | undefined;
}): ColumnCache {
  const cache = new Map<string, Compiled>();
  return {
    of(ref) {
      const id = resourceId(ref);
      const key = `${id} ${ref.version}`;
      const crd = deps.crd(id);
      const known = cache.get(key);
      // An entry is made anew only when its CRD has changed.
      if (known !== undefined && known.crd === crd) return known.columns;
      const own = crd === undefined ? undefined : crdColumns(crd.object, ref.version);
      const declared = JSON.stringify(own);
      const columns =
        known !== undefined && known.declared === declared
          ? known.columns
          : printerColumns({
              group: ref.group,
              resource: ref.resource,
              ...(own !== undefined && { crdColumns: own }),
            });
      cache.set(key, { crd, declared, columns });
      return columns;
    },
  };
}

interface Compiled {
  readonly crd: CrdEntry | undefined;
  readonly declared: string | undefined;
  readonly columns: readonly TableColumn[];
}

/** Columns as they go over the wire: without what computes their cells. */
export function toColumns(columns: readonly TableColumn[]): Column[] {
  return columns.map(({ name, type, format, description, priority }) => ({
    name,
    type,
    priority,
    ...(format !== undefined && { format }),
    ...(description !== undefined && { description }),
  }));
}
