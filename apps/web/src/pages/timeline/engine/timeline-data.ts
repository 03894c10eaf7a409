import type { Marks } from '@kindscope/protocol';
import type { Change } from '@kindscope/protocol';
import { createHistory, type History, type HistoryDeps } from './history.ts';
import { createLanes, type Grouping, type Lanes } from './lanes.ts';
import { addChange, addMarks, createMarkStore, type MarkStore } from './mark-store.ts';
import { createSceneMemory, type SceneMemory } from './scene.ts';

/** The changes of one life of the server, and what is worked out of them. */
export interface TimelineData {
  readonly store: MarkStore;
  readonly lanes: Lanes;
  readonly memory: SceneMemory;
  readonly history: History;
  readonly group: (grouping: Grouping, shown: number) => void;
  readonly addChanges: (changes: readonly Change[]) => void;
}

export function createTimelineData(
  options: { readonly grouping: Grouping; readonly shown: number },
  deps: Omit<HistoryDeps, 'onPage'> & { readonly onPage: (page: Marks) => void },
): TimelineData {
  const store = createMarkStore();
  let lanes = createLanes(store, options.grouping);
  lanes.arrange(options.shown);
  const history = createHistory({
    ...deps,
    onPage: (page) => {
      for (const row of addMarks(store, page)) lanes.add(row);
      deps.onPage(page);
    },
  });
  return {
    store,
    get lanes() {
      return lanes;
    },
    memory: createSceneMemory(store),
    history,
    group: (grouping, shown) => {
      if (grouping !== lanes.grouping) lanes = createLanes(store, grouping);
      lanes.arrange(shown);
    },
    addChanges: (changes) => {
      for (const change of changes) {
        const row = addChange(store, change);
        if (row >= 0) lanes.add(row);
      }
    },
  };
}
