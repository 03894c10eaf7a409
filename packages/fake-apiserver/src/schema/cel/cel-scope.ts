import type { ASTNode } from '@marcbachmann/cel-js';
import { schemaOf, schemaOfKey, type Schema } from '../schema.ts';
import { escapeKey } from './cel-values.ts';

/** What a part of an expression stands for. `root`: a whole resource. */
export interface Holder {
  readonly schema: Schema;
  readonly root: boolean;
}

/** The names that can be used at a place; undefined for what nothing is known of. */
export type Scope = ReadonlyMap<string, Holder | undefined>;

export type ScalarType = 'bool' | 'int' | 'double' | 'null' | 'string';

const TEXT = { type: 'string' };
const METADATA = { type: 'object', properties: { name: TEXT, generateName: TEXT } };
const RESOURCE = schemaOf({
  type: 'object',
  properties: { apiVersion: TEXT, kind: TEXT, metadata: METADATA },
});

/** The schema of what an expression stands for, as far as it is a path from a known name. */
export function schemaAt(node: ASTNode, scope: Scope): Holder | undefined {
  if (node.op === 'id') return scope.get(node.args);
  if (node.op === '.') {
    const holder = schemaAt(node.args[0], scope);
    const inner = holder === undefined ? undefined : fieldOf(holder, node.args[1]);
    return inner === undefined ? undefined : { schema: inner, root: false };
  }
  if (node.op !== '[]') return undefined;
  const list = schemaAt(node.args[0], scope)?.schema.items;
  return list === undefined ? undefined : { schema: list, root: false };
}

function fieldOf({ schema, root }: Holder, name: string): Schema | undefined {
  if (root || schema.embedded) {
    const own = RESOURCE.properties?.get(name);
    if (own !== undefined) return own;
  }
  for (const [key, property] of schema.properties ?? []) {
    if (escapeKey(key) === name) return property;
  }
  return schema.properties === undefined ? schemaOfKey(schema, name) : undefined;
}

/** Whether there may be such a field. */
export function knows(holder: Holder, name: string): boolean {
  if (fieldOf(holder, name) !== undefined) return true;
  const { schema } = holder;
  return (
    schema.properties === undefined && (schema.type !== 'object' || schema.others !== undefined)
  );
}

const SCALARS: Record<string, ScalarType> = {
  boolean: 'bool',
  integer: 'int',
  number: 'double',
  string: 'string',
};

/** The type of a literal, and of a path to a scalar; undefined for whatever else. */
export function scalarTypeOf(node: ASTNode, scope: Scope): ScalarType | undefined {
  if (node.op === 'value') return typeOfLiteral(node.args);
  const schema = schemaAt(node, scope)?.schema;
  if (schema === undefined || schema.format !== '') return undefined;
  return SCALARS[schema.type];
}

function typeOfLiteral(value: unknown): ScalarType | undefined {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    default:
      return undefined;
  }
}
