import type { JsonValue } from '@kindscope/kube';
import type { Schema } from './crd.ts';

export function object(
  properties: Record<string, Schema>,
  required: readonly string[] = [],
  description?: string,
): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    ...(description !== undefined && { description }),
  };
}

export function text(description: string, values?: readonly string[]): Schema {
  return { type: 'string', description, ...(values === undefined ? {} : { enum: values }) };
}

export function int(description: string, minimum?: number): Schema {
  return { type: 'integer', description, ...(minimum === undefined ? {} : { minimum }) };
}

/** A count that grows beyond what a double holds. */
export function int64(description: string): Schema {
  return { type: 'integer', format: 'int64', description };
}

export function decimal(description: string): Schema {
  return { type: 'number', description };
}

export function flag(description: string): Schema {
  return { type: 'boolean', description };
}

export function instant(description: string): Schema {
  return { type: 'string', format: 'date-time', description };
}

export function list(items: Schema, description: string): Schema {
  return { type: 'array', items, description };
}

/** A duration as Go writes it. */
export function duration(description: string): Schema {
  return { ...text(description), pattern: '^([0-9]+(ms|s|m|h))+$' };
}

/** An amount as Kubernetes writes it: a number, or a text such as `250m` and `1Gi`. */
export function quantity(description: string): Schema {
  return { 'x-kubernetes-int-or-string': true, description };
}

/** A list in which every value stands once. */
export function set(items: Schema, description: string): Schema {
  return { ...list(items, description), 'x-kubernetes-list-type': 'set' };
}

/** With the value it has when nothing is said. */
export function defaulting(schema: Schema, value: JsonValue): Schema {
  return { ...schema, default: value };
}

/** A list whose items are known by the values of these keys. */
export function listMap(items: Schema, keys: readonly string[], description: string): Schema {
  return {
    ...list(items, description),
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': keys,
  };
}

export function stringMap(description: string): Schema {
  return { type: 'object', additionalProperties: { type: 'string' }, description };
}

/** Status with the conditions and the observed generation every controller of the demo keeps. */
export function status(properties: Record<string, Schema>): Schema {
  return object({
    observedGeneration: int64('The generation of the spec that this status speaks of.'),
    conditions: listMap(condition, ['type'], 'What the controller has found out about the object.'),
    ...properties,
  });
}

const condition = object(
  {
    type: text('What the condition is about, in CamelCase.'),
    status: text('Whether it holds.', ['True', 'False', 'Unknown']),
    reason: text('Why, in one CamelCase word for programs.'),
    message: text('Why, in a sentence for people.'),
    lastTransitionTime: instant('When the status last changed from one value to another.'),
    observedGeneration: int64('The generation of the spec that it was found for.'),
  },
  ['type', 'status'],
);
