import type { Change, Marks } from '@kindscope/protocol';
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

function createTimelineData(
  options: { readonly grouping: Grouping; readonly shown: number },
  deps: HistoryDeps,
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

/** The data that is shown, and the data that will take its place. */
export interface TimelineSource {
  readonly current: TimelineData;
  readonly addChanges: (changes: readonly Change[]) => void;
  readonly group: (grouping: Grouping, shown: number) => void;
  /** Asks for all of it anew, as far back as `from`: until it is here, what is shown stays. */
  readonly restart: (from: number) => void;
  readonly restarting: boolean;
  readonly fault: Error | undefined;
  readonly retry: () => void;
}

export function createTimelineSource(deps: {
  readonly options: () => { readonly grouping: Grouping; readonly shown: number };
  readonly load: HistoryDeps['load'];
  /** Of the past. */
  readonly most: number;
  /** A page of what is shown came; `replaced`: with it, other data than before is shown. */
  readonly onPage: (page: Marks, replaced: boolean) => void;
  readonly onState: () => void;
}): TimelineSource {
  let next: { readonly data: TimelineData; readonly from: number } | undefined;
  const create = (): TimelineData => {
    const own: TimelineData = createTimelineData(deps.options(), {
      load: deps.load,
      most: deps.most,
      onState: deps.onState,
      onPage: (page) => {
        const replaces = own === next?.data && own.history.coveredFrom <= next.from;
        if (replaces) {
          current = own;
          next = undefined;
        }
        if (own === current) deps.onPage(page, replaces);
      },
    });
    return own;
  };
  let current = create();
  return {
    get current() {
      return current;
    },
    addChanges: (changes) => {
      current.addChanges(changes);
      next?.data.addChanges(changes);
    },
    group: (grouping, shown) => {
      current.group(grouping, shown);
      next?.data.group(grouping, shown);
    },
    restart: (from) => {
      next = { data: create(), from };
      next.data.history.need(from);
    },
    get restarting() {
      return next !== undefined;
    },
    get fault() {
      return current.history.fault ?? next?.data.history.fault;
    },
    retry: () => {
      current.history.retry();
      next?.data.history.retry();
    },
  };
}
