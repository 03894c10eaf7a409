import { isMap, mapAt, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';

/** How the parts of a value are told apart when ownership and merging are worked out. */
export interface Shape {
  /** `map`: items are known by their keys; `set`: by themselves; `atomic`: the list is one value. */
  readonly list: 'atomic' | 'set' | 'map';
  readonly atomicMap: boolean;
  /** The keys of a `map` list's item as a path element; undefined when it lacks one. */
  itemElement(item: Json): string | undefined;
  field(name: string): Shape;
  /** Whether the schema names this field, as against one of any name. */
  declares(name: string): boolean;
  item(): Shape;
}

function itemElement(
  keys: readonly string[],
  defaults: Readonly<Record<string, Json>>,
  item: Json,
): string | undefined {
  if (!isMap(item)) return undefined;
  const found: JsonMap = {};
  for (const key of [...keys].sort()) {
    const value = item[key] ?? defaults[key];
    if (value !== undefined) found[key] = value;
  }
  return Object.keys(found).length === 0 ? undefined : `k:${JSON.stringify(found)}`;
}

/** The shape a structural schema gives: lists are atomic unless it says otherwise. */
function schemaShape(schema: JsonMap | undefined): Shape {
  const listType = stringAt(schema, 'x-kubernetes-list-type');
  const keys = stringsAt(schema, 'x-kubernetes-list-map-keys');
  return {
    list: listType === 'map' || listType === 'set' ? listType : 'atomic',
    atomicMap: stringAt(schema, 'x-kubernetes-map-type') === 'atomic',
    itemElement: (item) => itemElement(keys, keyDefaults(schema, keys), item),
    field: (name) =>
      schemaShape(
        mapAt(mapAt(schema, 'properties'), name) ?? mapAt(schema, 'additionalProperties'),
      ),
    declares: (name) => mapAt(mapAt(schema, 'properties'), name) !== undefined,
    item: () => schemaShape(mapAt(schema, 'items')),
  };
}

function keyDefaults(
  schema: JsonMap | undefined,
  keys: readonly string[],
): Readonly<Record<string, Json>> {
  const defaults: Record<string, Json> = {};
  const properties = mapAt(mapAt(schema, 'items'), 'properties');
  for (const key of keys) {
    const value = mapAt(properties, key)?.['default'];
    if (value !== undefined) defaults[key] = value;
  }
  return defaults;
}

interface ListKeys {
  readonly keys: readonly string[];
  readonly defaults?: Readonly<Record<string, Json>>;
}

/** `+listType=map` of k8s.io/api, by the list's field name. */
const BUILT_IN_KEYS: ReadonlyMap<string, ListKeys> = new Map([
  ['containers', { keys: ['name'] }],
  ['initContainers', { keys: ['name'] }],
  ['ephemeralContainers', { keys: ['name'] }],
  ['volumes', { keys: ['name'] }],
  ['env', { keys: ['name'] }],
  ['imagePullSecrets', { keys: ['name'] }],
  ['volumeMounts', { keys: ['mountPath'] }],
  ['volumeDevices', { keys: ['devicePath'] }],
  ['ports', { keys: ['containerPort', 'port', 'protocol'], defaults: { protocol: 'TCP' } }],
  ['conditions', { keys: ['type'] }],
  ['addresses', { keys: ['type'] }],
  ['ownerReferences', { keys: ['uid'] }],
  ['hostAliases', { keys: ['ip'] }],
  ['topologySpreadConstraints', { keys: ['topologyKey', 'whenUnsatisfiable'] }],
]);

const BUILT_IN_SETS = new Set(['finalizers']);

function builtInShape(name: string): Shape {
  const known = BUILT_IN_KEYS.get(name);
  return {
    list: known !== undefined ? 'map' : BUILT_IN_SETS.has(name) ? 'set' : 'atomic',
    atomicMap: name === 'selector' || name === 'nodeSelector',
    itemElement: (item) => itemElement(known?.keys ?? [], known?.defaults ?? {}, item),
    field: builtInShape,
    declares: () => true,
    item: () => builtInShape(''),
  };
}

/** The shape of a whole object: its metadata is Kubernetes' own whatever the rest is. */
export function shapeOf({ type, version }: ServedType): Shape {
  const body = type.custom ? schemaShape(version.schema) : builtInShape('');
  return {
    ...body,
    field: (name) => (name === 'metadata' ? builtInShape(name) : body.field(name)),
    declares: (name) => name === 'metadata' || body.declares(name),
  };
}

/** A set item as a path element. */
function valueElement(item: Json): string {
  return `v:${JSON.stringify(item)}`;
}

/** The items of a list by their path elements; undefined when the list is to be taken whole. */
export function elementsOf(shape: Shape, list: readonly Json[]): Map<string, Json> | undefined {
  if (shape.list === 'atomic') return undefined;
  const elements = new Map<string, Json>();
  for (const item of list) {
    const element = shape.list === 'set' ? valueElement(item) : shape.itemElement(item);
    if (element === undefined || elements.has(element)) return undefined;
    elements.set(element, item);
  }
  return elements;
}
