import type { Schema } from './crd.ts';

export function object(
  properties: Record<string, Schema>,
  required: readonly string[] = [],
): Schema {
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
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
    conditions: listMap(condition, ['type'], 'What the controller has found.'),
    ...properties,
  });
}

const condition = object(
  {
    type: text('What it is about.'),
    status: text('Whether it holds.', ['True', 'False', 'Unknown']),
    reason: text('One word for programs.'),
    message: text('One sentence for people.'),
    lastTransitionTime: instant('When the status last changed.'),
    observedGeneration: int64('The generation it was found at.'),
  },
  ['type', 'status'],
);
