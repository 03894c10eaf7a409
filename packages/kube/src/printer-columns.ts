import { builtInColumns } from './built-in-columns.ts';
import type { CrdColumn } from './crd.ts';
import { isJsonArray, isJsonNumber, isJsonObject } from './json-access.ts';
import { compileJsonPath } from './json-path.ts';
import type { JsonValue } from './json.ts';
import { numberText, stringifyJson } from './lossless-json.ts';
import type { ColumnType, TableColumn } from './table-column.ts';

/**
 * The columns of a resource beyond namespace, name and age: the CRD's printer columns where there
 * are some, our own for the built-in kinds that a rollout shows, else none.
 */
export function printerColumns(resource: {
  readonly group: string;
  readonly resource: string;
  readonly crdColumns?: readonly CrdColumn[] | undefined;
}): readonly TableColumn[] {
  return (
    resource.crdColumns?.map(compileColumn) ?? builtInColumns(resource.group, resource.resource)
  );
}

/**
 * A cell is the first value that the path finds, and empty where that is of another type than the
 * column's. Rule: apiextensions-apiserver `tableconvertor.go`, ConvertToTable.
 */
function compileColumn(column: CrdColumn): TableColumn {
  const type = columnType(column.type);
  const path = compileJsonPath(column.jsonPath);
  return {
    name: column.name,
    type,
    ...(column.format === undefined ? {} : { format: column.format }),
    ...(column.description === undefined ? {} : { description: column.description }),
    priority: column.priority ?? 0,
    ...(path.ok ? {} : { error: path.message }),
    cell(object) {
      const value = path.ok ? path.evaluate(object)[0] : undefined;
      return value === undefined || value === null ? null : cellText(type, value);
    },
  };
}

function columnType(type: string): ColumnType {
  return type === 'integer' || type === 'number' || type === 'boolean' || type === 'date'
    ? type
    : 'string';
}

function cellText(type: ColumnType, value: NonNullable<JsonValue>): string | null {
  switch (type) {
    case 'string':
      return valueText(value);
    case 'integer':
    case 'number':
      return isJsonNumber(value) ? numberText(value) : null;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : null;
    case 'date':
      return typeof value === 'string' ? dateText(value) : null;
  }
}

function valueText(value: NonNullable<JsonValue>): string {
  if (isJsonNumber(value)) {
    return numberText(value);
  }
  return isJsonArray(value) || isJsonObject(value) ? stringifyJson(value) : String(value);
}

/** The instant as it stands; what is none is shown as kubectl shows it. */
function dateText(text: string): string | null {
  if (text === '') {
    return null;
  }
  return Number.isNaN(Date.parse(text)) ? '<invalid>' : text;
}
