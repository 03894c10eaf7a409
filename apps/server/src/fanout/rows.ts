import type { ObjectHandle } from '@kindscope/informer';
import { healthOf, type TableColumn } from '@kindscope/kube';
import type { Row } from '@kindscope/protocol';
import { instant } from '../timeline/instant.ts';

/** One object that cannot be read must not keep the others from being shown. */
function health(handle: ObjectHandle): Row['health'] {
  try {
    return healthOf(handle.parse());
  } catch {
    return { status: 'unknown', reason: 'Cannot be read' };
  }
}

/** Rows of objects under one set of columns; what is worked out of an object is kept as long as it lives. */
export interface RowBuilder {
  readonly columns: readonly TableColumn[];
  cell(handle: ObjectHandle, index: number): string | null;
  /** `changed`: milliseconds since the epoch. */
  row(handle: ObjectHandle, changed: number | undefined): Row;
  /** The same as JSON. */
  text(handle: ObjectHandle, changed: number | undefined): string;
}

function createRowBuilder(columns: readonly TableColumn[]): RowBuilder {
  const cells = new WeakMap<ObjectHandle, readonly (string | null)[]>();
  const texts = new WeakMap<ObjectHandle, { readonly changed: number | undefined; text: string }>();

  function evaluate(handle: ObjectHandle): readonly (string | null)[] {
    try {
      const object = handle.parse();
      return columns.map((column) => column.cell(object));
    } catch {
      return columns.map(() => null);
    }
  }

  function cellsOf(handle: ObjectHandle): readonly (string | null)[] {
    let found = cells.get(handle);
    if (found === undefined) {
      found = evaluate(handle);
      cells.set(handle, found);
    }
    return found;
  }

  function row(handle: ObjectHandle, changed: number | undefined): Row {
    return {
      key: handle.key,
      namespace: handle.namespace,
      name: handle.name,
      uid: handle.uid,
      resourceVersion: handle.resourceVersion,
      created: handle.creationTimestamp,
      ...(changed === undefined ? {} : { changed: instant(changed) }),
      ...(handle.deletionTimestamp === undefined ? {} : { deleting: true }),
      health: health(handle),
      cells: [...cellsOf(handle)],
    };
  }

  return {
    columns,
    cell: (handle, index) => cellsOf(handle)[index] ?? null,
    row,
    text(handle, changed) {
      const known = texts.get(handle);
      if (known !== undefined && known.changed === changed) return known.text;
      const text = JSON.stringify(row(handle, changed));
      texts.set(handle, { changed, text });
      return text;
    },
  };
}

/** One builder per set of columns, so that all tables of a resource share what is worked out. */
export function createRowBuilders(): (columns: readonly TableColumn[]) => RowBuilder {
  const builders = new WeakMap<readonly TableColumn[], RowBuilder>();
  return (columns) => {
    let builder = builders.get(columns);
    if (builder === undefined) {
      builder = createRowBuilder(columns);
      builders.set(columns, builder);
    }
    return builder;
  };
}
