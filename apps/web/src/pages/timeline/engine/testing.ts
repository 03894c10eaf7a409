import type { ChangeClass, MarkObject } from '@kindscope/protocol';
import { geometryOf } from './geometry.ts';
import { createLanes, type Grouping } from './lanes.ts';
import { allBits, classBits } from './mark-classes.ts';
import { createMarkStore, type Mark, type MarkStore } from './mark-store.ts';
import { createSceneMemory, type Scene } from './scene.ts';

export const noon = Date.UTC(2026, 10, 22, 12);
export const second = 1000;

export function anObject(name: string, facts: Partial<MarkObject> = {}): MarkObject {
  return {
    resource: { group: 'apps', version: 'v1', resource: 'deployments' },
    kind: 'Deployment',
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    ...facts,
  };
}

/** A mark to be: `at` seconds after noon. */
export interface TestMark extends Partial<Pick<Mark, 'id' | 'within' | 'conditions'>> {
  readonly object: MarkObject;
  readonly at: number;
  readonly classes?: readonly ChangeClass[];
  readonly manager?: string;
}

let last = 0;

/** Adds it; gives its row. */
export function putMark(store: MarkStore, mark: TestMark): number {
  last += 1;
  return store.add({
    id: mark.id ?? last,
    time: noon + mark.at * second,
    within: mark.within ?? 0,
    object: store.objectOf(mark.object),
    manager: store.managerOf(mark.manager),
    of: classBits(mark.classes ?? ['status']),
    ...(mark.conditions !== undefined && { conditions: mark.conditions }),
  });
}

export function storeOf(...marks: readonly TestMark[]): MarkStore {
  const store = createMarkStore();
  for (const mark of marks) putMark(store, mark);
  return store;
}

/** A picture of the 100 s from noon on, in a canvas of 1000 × 500, where time begins at 200 and a second is 7.86 px. */
export function sceneOf(
  store: MarkStore,
  facts: Partial<Scene> & { grouping?: Grouping } = {},
): Scene {
  const lanes = createLanes(store, facts.grouping ?? 'object');
  const memory = createSceneMemory(store);
  const span = { from: noon, to: noon + 100 * second };
  return {
    store,
    lanes,
    view: { span, following: true, pausedAt: undefined, scroll: 0 },
    geometry: geometryOf(1000, 500),
    cells: (lane, cellMs) => memory.cells(lane, cellMs, allBits),
    conditions: memory.conditions,
    blind: () => [],
    live: true,
    shown: allBits,
    focus: -1,
    hover: -1,
    open: -1,
    hoverLane: -1,
    ...facts,
  };
}
