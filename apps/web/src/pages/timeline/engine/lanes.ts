import { gvrKey, objectKey } from '@kindscope/kube';
import type { MarkObject } from '@kindscope/protocol';
import { heartbeatBit } from './mark-classes.ts';
import type { MarkStore } from './mark-store.ts';
import { createRowList, type RowList } from './row-list.ts';

export const groupings = ['object', 'kind', 'namespace', 'manager'] as const;
export type Grouping = (typeof groupings)[number];

export interface Lane {
  readonly key: string;
  /** Said before the name, in a quieter tone; empty where the name says it all. */
  readonly lead: string;
  readonly name: string;
  /** Said after the name where there is room. */
  readonly note: string;
  /** An object whose marks are in it: of object lanes the one it is of. */
  readonly object: MarkObject;
  /** The only one that what is in it may be of; undefined: it may be of any. */
  readonly namespace: string | undefined;
  /** `gvrKey`s of what is in it. */
  readonly resources: ReadonlySet<string>;
  readonly rows: RowList;
  /** Those that a relist found, which are drawn as intervals. */
  readonly relisted: RowList;
}

/**
 * The lanes of a store. Their order is by lead, note and name at the moment of `arrange`; a lane
 * that comes up later stands below all others, so that none ever moves by itself.
 */
export interface Lanes {
  readonly grouping: Grouping;
  /** Those with anything to show, from top to bottom. */
  readonly order: readonly Lane[];
  /** How many of the last ones came up since they were put in order. */
  readonly late: number;
  readonly placeOf: (lane: Lane) => number;
  readonly laneOfRow: (row: number) => Lane | undefined;
  /** Takes a row of the store in. */
  readonly add: (row: number) => void;
  /** Puts them in order anew, and only those that have a mark of these classes. */
  readonly arrange: (shown: number) => void;
}

export function createLanes(store: MarkStore, grouping: Grouping): Lanes {
  const lanes = new Map<string, Lane>();
  let order: Lane[] = [];
  let places = new Map<Lane, number>();
  let shown = ~heartbeatBit;
  let late = 0;

  const keyOfRow = (row: number): string => laneKey(store, grouping, row);
  const laneFor = (row: number): Lane | undefined => {
    const key = keyOfRow(row);
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const object = store.objects[store.object[row] ?? -1];
    if (object === undefined) return undefined;
    const lane: Lane = {
      key,
      ...laneWords(grouping, object, store.managers[store.manager[row] ?? -1]),
      object,
      namespace: ['object', 'namespace'].includes(grouping) ? object.namespace : undefined,
      resources: new Set(),
      rows: createRowList(store),
      relisted: createRowList(store),
    };
    lanes.set(key, lane);
    return lane;
  };
  const isShown = (row: number): boolean => ((store.of[row] ?? 0) & shown & ~heartbeatBit) !== 0;
  const show = (lane: Lane): void => {
    places.set(lane, order.length);
    order.push(lane);
  };
  const hasShown = ({ rows }: Lane): boolean => {
    for (let place = rows.length - 1; place >= 0; place -= 1)
      if (isShown(rows.at(place))) return true;
    return false;
  };
  const add = (row: number): void => {
    const lane = laneFor(row);
    if (lane === undefined) return;
    lane.rows.insert(row);
    (lane.resources as Set<string>).add(
      gvrKey(store.objects[store.object[row] ?? -1]?.resource ?? lane.object.resource),
    );
    if ((store.within[row] ?? 0) > 0) lane.relisted.insert(row);
    if (!places.has(lane) && isShown(row)) {
      show(lane);
      late += 1;
    }
  };
  const arrange = (classes: number): void => {
    shown = classes;
    late = 0;
    order = [];
    places = new Map();
    for (const lane of [...lanes.values()].filter(hasShown).toSorted(byWords)) show(lane);
  };
  for (let row = 0; row < store.size; row += 1) add(row);
  arrange(shown);

  return {
    grouping,
    get order() {
      return order;
    },
    get late() {
      return late;
    },
    placeOf: (lane) => places.get(lane) ?? -1,
    laneOfRow: (row) => (row < 0 || row >= store.size ? undefined : lanes.get(keyOfRow(row))),
    add,
    arrange,
  };
}

function laneKey(store: MarkStore, grouping: Grouping, row: number): string {
  const object = store.objects[store.object[row] ?? -1];
  if (object === undefined) return '';
  switch (grouping) {
    case 'object':
      // All lives of a name are one lane.
      return `${gvrKey(object.resource)} ${objectKey(object.namespace, object.name)}`;
    case 'kind':
      return gvrKey(object.resource);
    case 'namespace':
      return object.namespace;
    case 'manager':
      return String(store.manager[row] ?? -1);
  }
}

function laneWords(
  grouping: Grouping,
  object: MarkObject,
  manager: string | undefined,
): Pick<Lane, 'lead' | 'name' | 'note'> {
  const { resource, kind, namespace, name } = object;
  switch (grouping) {
    case 'object':
      return { lead: kind, name, note: namespace };
    case 'kind':
      return { lead: '', name: kind, note: resource.group === '' ? 'core' : resource.group };
    case 'namespace':
      return { lead: '', name: namespace === '' ? 'of the cluster' : namespace, note: '' };
    case 'manager':
      return { lead: '', name: manager ?? 'not known', note: '' };
  }
}

const words = new Intl.Collator('en', { numeric: true });

function byWords(a: Lane, b: Lane): number {
  return (
    words.compare(a.lead, b.lead) || words.compare(a.name, b.name) || words.compare(a.note, b.note)
  );
}
