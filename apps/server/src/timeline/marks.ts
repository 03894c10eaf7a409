import type { MarkObject, Marks } from '@kindscope/protocol';
import type { ChangeEntry, LogPosition } from './change-log.ts';
import { changeClasses } from './class-set.ts';

/**
 * The first `limit` of the changes column by column; objects and managers are written once and
 * referred to by their place.
 */
export function marksOf(changes: Iterable<ChangeEntry>, limit: number, known: LogPosition): Marks {
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
  for (const change of changes) {
    const mark = columns.id.length;
    if (mark === limit) {
      more = true;
      break;
    }
    columns.id.push(change.id);
    columns.time.push(change.time);
    columns.within.push(change.within);
    columns.object.push(placeOf(objects, change.object));
    columns.of.push(change.classes);
    columns.manager.push(change.manager === undefined ? -1 : placeOf(managers, change.manager));
    for (const { message: _, ...condition } of change.conditions) {
      conditions.push({ mark, ...condition });
    }
  }
  const last = columns.id.at(-1);
  return {
    objects: [...objects.keys()],
    managers: [...managers.keys()],
    classes: [...changeClasses],
    ...columns,
    conditions,
    ...known,
    ...(more && last !== undefined && { continue: String(last) }),
  };
}

function placeOf<Value>(places: Map<Value, number>, value: Value): number {
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, places.size);
  return places.size - 1;
}
