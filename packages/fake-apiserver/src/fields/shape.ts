import {
  isMap,
  mapAt,
  ownAt,
  setOwn,
  stringAt,
  stringsAt,
  type Json,
  type JsonMap,
} from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';

/** How the parts of a value are told apart when ownership and merging are worked out. */
export interface Shape {
  /** `map`: items are known by their keys; `set`: by themselves; `atomic`: the list is one value. */
  readonly list: 'atomic' | 'set' | 'map';
  readonly atomicMap: boolean;
  /** The keys of a `map` list's item as a path element; undefined when it has none of them. */
  itemElement(item: Json): string | undefined;
  field(name: string): Shape;
  /** Whether the schema names this field, as against one of any name. */
  declares(name: string): boolean;
  item(): Shape;
}

/** What no schema speaks of: maps are told apart by their keys, lists are one value. */
const UNTYPED: Shape = {
  list: 'atomic',
  atomicMap: false,
  itemElement: () => undefined,
  field: () => UNTYPED,
  declares: () => false,
  item: () => UNTYPED,
};

const known = new WeakMap<JsonMap, Shape>();

/** The shape a schema gives, worked out once; part by part, for a schema may contain itself. */
export function shapeOfSchema(schema: JsonMap | undefined): Shape {
  if (schema === undefined) return UNTYPED;
  const found = known.get(schema);
  if (found !== undefined) return found;
  const made = makeShape(schema);
  known.set(schema, made);
  return made;
}

function makeShape(schema: JsonMap): Shape {
  const { list, keys } = listTypeOf(schema);
  const properties = mapAt(schema, 'properties');
  const fields = new Map<string, Shape>();
  return {
    list,
    atomicMap: schema['x-kubernetes-map-type'] === 'atomic',
    itemElement: (item) => keyElement(keys, schema, item),
    field(name) {
      const cached = fields.get(name);
      if (cached !== undefined) return cached;
      const declared = mapAt(properties, name);
      if (declared === undefined) return shapeOfSchema(mapAt(schema, 'additionalProperties'));
      const shape = shapeOfSchema(declared);
      fields.set(name, shape);
      return shape;
    },
    declares: (name) => properties !== undefined && Object.hasOwn(properties, name),
    item: () => shapeOfSchema(mapAt(schema, 'items')),
  };
}

/** kube-openapi pkg/schemaconv: an older type says by its patch strategy how its list is merged. */
function listTypeOf(schema: JsonMap): { list: Shape['list']; keys: readonly string[] } {
  const declared = stringAt(schema, 'x-kubernetes-list-type');
  if (declared === 'map') {
    return { list: 'map', keys: stringsAt(schema, 'x-kubernetes-list-map-keys').sort() };
  }
  if (declared !== undefined) return { list: declared === 'set' ? 'set' : 'atomic', keys: [] };
  const strategy = stringAt(schema, 'x-kubernetes-patch-strategy') ?? '';
  if (!strategy.split(',').includes('merge')) return { list: 'atomic', keys: [] };
  const key = stringAt(schema, 'x-kubernetes-patch-merge-key');
  return key === undefined ? { list: 'set', keys: [] } : { list: 'map', keys: [key] };
}

function keyElement(keys: readonly string[], schema: JsonMap, item: Json): string | undefined {
  if (!isMap(item)) return undefined;
  const found: JsonMap = {};
  let some = false;
  for (const key of keys) {
    const value = ownAt(item, key) ?? keyDefault(schema, key);
    if (value === undefined) continue;
    setOwn(found, key, value);
    some = true;
  }
  return some ? `k:${JSON.stringify(found)}` : undefined;
}

function keyDefault(schema: JsonMap, key: string): Json | undefined {
  return mapAt(mapAt(mapAt(schema, 'items'), 'properties'), key)?.['default'];
}

const TEXT = { type: 'string' };
const TEXTS = { type: 'object', additionalProperties: TEXT };

/** apimachinery's ObjectMeta, as far as fields and their types go. */
export const OBJECT_META: JsonMap = {
  type: 'object',
  properties: {
    name: TEXT,
    generateName: TEXT,
    namespace: TEXT,
    selfLink: TEXT,
    uid: TEXT,
    resourceVersion: TEXT,
    generation: { type: 'integer' },
    creationTimestamp: TEXT,
    deletionTimestamp: TEXT,
    deletionGracePeriodSeconds: { type: 'integer' },
    labels: TEXTS,
    annotations: TEXTS,
    managedFields: { type: 'array' },
    finalizers: { type: 'array', 'x-kubernetes-list-type': 'set', items: TEXT },
    ownerReferences: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      items: {
        type: 'object',
        'x-kubernetes-map-type': 'atomic',
        properties: {
          apiVersion: TEXT,
          kind: TEXT,
          name: TEXT,
          uid: TEXT,
          controller: { type: 'boolean' },
          blockOwnerDeletion: { type: 'boolean' },
        },
      },
    },
  },
};

const METADATA = shapeOfSchema(OBJECT_META);

const TOP_FIELDS = new Set(['apiVersion', 'kind', 'metadata']);

const objectShapes = new WeakMap<Shape, Shape>();

/** The shape of a whole object: its metadata is Kubernetes' own whatever the rest is. */
export function shapeOf({ version }: ServedType): Shape {
  const body = shapeOfSchema(version.schema);
  const found = objectShapes.get(body);
  if (found !== undefined) return found;
  const shape: Shape = {
    ...body,
    field: (name) => (name === 'metadata' ? METADATA : body.field(name)),
    declares: (name) => TOP_FIELDS.has(name) || body.declares(name),
  };
  objectShapes.set(body, shape);
  return shape;
}

/** A list's items by what tells them apart. */
export interface Elements {
  readonly items: ReadonlyMap<string, Json>;
  /** All items of an element that is there more than once. */
  readonly repeated: ReadonlyMap<string, readonly Json[]>;
}

const NONE_REPEATED: ReadonlyMap<string, readonly Json[]> = new Map();

/** The path element of a list's item; undefined where it has nothing to be known by. */
export function elementOf(shape: Shape, item: Json): string | undefined {
  return shape.list === 'set' ? `v:${JSON.stringify(item)}` : shape.itemElement(item);
}

/** The items of a list by their path elements; undefined when the list is to be taken whole. */
export function elementsOf(shape: Shape, list: readonly Json[]): Elements | undefined {
  if (shape.list === 'atomic') return undefined;
  const items = new Map<string, Json>();
  let repeated: Map<string, Json[]> | undefined;
  for (const item of list) {
    const element = elementOf(shape, item);
    if (element === undefined) continue;
    const first = items.get(element);
    if (first === undefined) {
      items.set(element, item);
      continue;
    }
    repeated ??= new Map();
    const same = repeated.get(element);
    if (same === undefined) repeated.set(element, [first, item]);
    else same.push(item);
  }
  return { items, repeated: repeated ?? NONE_REPEATED };
}
