import { isMap, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import {
  child,
  duplicate,
  invalidText,
  invalidValue,
  required,
  tooMany,
} from '../schema/field-errors.ts';
import { goJson } from '../schema/go-text.ts';
import { schemaOf } from '../schema/schema.ts';
import type { Cause } from '../status.ts';
import { findFieldPath, scaleCauses, simplePathCauses } from './crd-paths.ts';
import { schemaProblem } from './structural-schema.ts';

/** What is wrong with the parts of a version, wherever the internal version has them. */

const MAX_WARNING = 256;

export function deprecationCauses(version: JsonMap, field: string): Cause[] {
  const warning = stringAt(version, 'deprecationWarning');
  if (warning === undefined) return [];
  // A pointer in Go: it is shown as JSON.
  const wrong = (why: string): Cause => invalidText(field, goJson(warning), why);
  if (version['deprecated'] !== true) return [wrong('can only be set for deprecated versions')];
  const causes: Cause[] = [];
  if (Buffer.byteLength(warning) > MAX_WARNING)
    causes.push(wrong('must be <= 256 characters long'));
  if (warning === '') causes.push(wrong('must not be an empty string'));
  const found = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.exec(warning);
  if (found !== null) {
    const index = Buffer.byteLength(warning.slice(0, found.index));
    causes.push(
      wrong(
        `must only contain printable UTF-8 characters; non-printable character found at index ${index}`,
      ),
    );
  }
  return causes;
}

export function subresourceCauses(subresources: JsonMap | undefined, field: string): Cause[] {
  const scale = mapAt(subresources, 'scale');
  return scale === undefined ? [] : scaleCauses(scale, `${field}.scale`);
}

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = [
  'byte',
  'date',
  'date-time',
  'double',
  'float',
  'int32',
  'int64',
  'password',
];

export function columnCauses(columns: readonly Json[], field: string): Cause[] {
  return columns.flatMap((column, index) =>
    isMap(column) ? oneColumnCauses(column, `${field}[${index}]`) : [],
  );
}

function oneColumnCauses(column: JsonMap, field: string): Cause[] {
  const given = (key: string): string => stringAt(column, key) ?? '';
  const causes: Cause[] = [];
  if (given('name') === '') causes.push(required(`${field}.name`));
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  if (given('type') === '') causes.push(required(`${field}.type`, types));
  else if (!COLUMN_TYPES.includes(given('type'))) {
    causes.push(invalidValue(`${field}.type`, given('type'), types));
  }
  const format = given('format');
  if (format !== '' && !COLUMN_FORMATS.includes(format)) {
    const why = `must be one of ${COLUMN_FORMATS.join(',')}`;
    causes.push(invalidValue(`${field}.format`, format, why));
  }
  const path = `${field}.JSONPath`;
  if (given('jsonPath') === '') causes.push(required(path));
  else causes.push(...simplePathCauses(given('jsonPath'), path));
  return causes;
}

const MAX_SELECTABLE = 8;
const SELECTABLE_TYPES = new Set(['string', 'boolean', 'integer']);
const SELECTABLE_FAULT =
  'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';

/** `schema`: what `openAPIV3Schema` holds; `schemaField`: what an error about it names. */
export function selectableCauses(
  fields: readonly Json[],
  schema: JsonMap,
  field: string,
  schemaField: string,
): Cause[] {
  const problem = schemaProblem(schema);
  // Kubernetes goes on without a schema then, and ends in an error of its own.
  if (problem !== undefined) return [invalidValue(schemaField, '', problem)];
  const seen = new Set<string>();
  const causes = fields.flatMap((item, index) => {
    const path = stringAt(isMap(item) ? item : undefined, 'jsonPath') ?? '';
    return oneSelectableCauses(path, schema, child(`${field}[${index}]`, 'jsonPath'), seen);
  });
  if (seen.size <= MAX_SELECTABLE) return causes;
  return [...causes, tooMany(field, seen.size, MAX_SELECTABLE)];
}

function oneSelectableCauses(
  path: string,
  schema: JsonMap,
  field: string,
  seen: Set<string>,
): Cause[] {
  if (path === '') return [required(field)];
  const found = findFieldPath(path, schemaOf(schema), false);
  if (found.kind === 'lost') {
    return [invalidValue(field, path, `is an invalid path: ${found.error}`)];
  }
  const causes: Cause[] = [];
  if (found.root === 'metadata') {
    causes.push(invalidValue(field, path, 'must not point to fields in metadata'));
  }
  if (!SELECTABLE_TYPES.has(found.schema.type)) {
    causes.push(invalidValue(field, path, SELECTABLE_FAULT));
  }
  if (seen.has(found.path)) causes.push(duplicate(field, path));
  seen.add(found.path);
  return causes;
}
