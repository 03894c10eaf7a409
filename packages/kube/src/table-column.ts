import type { JsonObject } from './json.ts';

export type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'date';

/** A column of a resource's table, with the function that makes its cells. */
export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly format?: string;
  readonly description?: string;
  /** 0 is always shown, greater ones need room. */
  readonly priority: number;
  /** Why the column stays empty: its path cannot be read. */
  readonly error?: string;
  /** The cell's text, digits as the server wrote them; null where there is nothing to show. */
  cell(object: JsonObject): string | null;
}
