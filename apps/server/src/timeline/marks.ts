import type { MarkObject, Marks } from '@kindscope/protocol';
import type { ChangeEntry, LogPosition } from './change-log.ts';
import { changeClasses } from './class-set.ts';

/** Changes column by column; objects and managers are written once and referred to by their place. */
interface MarkColumns {
  /** False where there is no room for it. */
  add(change: ChangeEntry): boolean;
  end(known: LogPosition): Marks;
}

export function createMarks(limit: number): MarkColumns {
  const objects = new Map<MarkObject, number>();
  const managers = new Map<string, number>();
  const columns = {
    id: [] as number[],
    time: [] as number[],
    within: [] as number[],
    object: [] as number[],
    of: [] as number[],
    manager: [] as number[],
  };
  const conditions: Marks['conditions'] = [];
  let more = false;
  return {
    add(change) {
      const mark = columns.id.length;
      more = mark === limit;
      if (more) return false;
      columns.id.push(change.id);
      columns.time.push(change.time);
      columns.within.push(change.within);
      columns.object.push(placeOf(objects, change.object));
      columns.of.push(change.classes);
      columns.manager.push(change.manager === undefined ? -1 : placeOf(managers, change.manager));
      for (const condition of change.conditions) conditions.push({ mark, ...condition });
      return true;
    },
    end: (known) => ({
      objects: [...objects.keys()],
      managers: [...managers.keys()],
      classes: [...changeClasses],
      ...columns,
      conditions,
      ...known,
      ...(more && { continue: String(columns.id.at(-1)) }),
    }),
  };
}

function placeOf<Value>(places: Map<Value, number>, value: Value): number {
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, places.size);
  return places.size - 1;
}
