import type { ChangeClass, RolloutEvent, RolloutMark, RolloutNode } from '@kindscope/protocol';
import { changeClassWords } from '../../../ui/class-glyph.tsx';

/** What is drawn as one glyph: a change, or several that have no room apart. */
export interface LaneMark {
  /** Where, milliseconds since the epoch. */
  readonly at: number;
  /** The most telling of the classes. */
  readonly class: ChangeClass;
  /** The change to show of it; undefined where nobody saw it: a creation before the kind was watched. */
  readonly id: number | undefined;
  /** How many changes it stands for. */
  readonly count: number;
  readonly manager: string | undefined;
}

/** An Event, or several that have no room apart. */
export interface LaneEvent {
  readonly at: number;
  /** The newest; a warning, where one is among them. */
  readonly event: RolloutEvent;
  readonly count: number;
}

/** Glyphs stand at least so far apart, pixels. */
const markRoom = 8;
const eventRoom = 4;

const ranks = new Map(Object.keys(changeClassWords).map((name, rank) => [name, rank]));

/**
 * What stands above the bar of a lane, oldest first: its changes without heartbeats, its creation
 * and its end also where only the object tells of them.
 */
export function laneMarks(
  node: Pick<RolloutNode, 'created' | 'deleted'>,
  marks: readonly RolloutMark[],
  msPerPixel: number,
): LaneMark[] {
  const single = marks.flatMap((mark) => oneMark(mark) ?? []);
  const has = (...names: readonly ChangeClass[]): boolean =>
    single.some((mark) => names.includes(mark.class));
  const unseen = { id: undefined, count: 1, manager: undefined };
  if (!has('created', 'recreated')) single.push({ ...unseen, at: node.created, class: 'created' });
  if (node.deleted !== undefined && !has('deleted')) {
    single.push({ ...unseen, at: node.deleted, class: 'deleted' });
  }
  return joined(
    single.sort((a, b) => a.at - b.at),
    markRoom * msPerPixel,
    (into, mark) => {
      const telling = rankOf(mark) < rankOf(into) ? mark : into;
      const id = telling.id ?? into.id ?? mark.id;
      return { ...telling, id, at: into.at, count: into.count + mark.count };
    },
  );
}

/** The Events of a lane, oldest first, each where it was last seen. */
export function laneEvents(events: readonly RolloutEvent[], msPerPixel: number): LaneEvent[] {
  const single = events
    .map((event): LaneEvent => ({ at: event.last, event, count: 1 }))
    .sort((a, b) => a.at - b.at);
  return joined(single, eventRoom * msPerPixel, (into, next) => ({
    at: into.at,
    event: isWarning(into.event) && !isWarning(next.event) ? into.event : next.event,
    count: into.count + 1,
  }));
}

export function isWarning({ type }: RolloutEvent): boolean {
  return type !== 'Normal';
}

function oneMark({ id, at, classes, manager }: RolloutMark): LaneMark | undefined {
  const telling = classes.toSorted((a, b) => rankOf({ class: a }) - rankOf({ class: b }))[0];
  if (telling === undefined || telling === 'heartbeat') return undefined;
  return { id, at, class: telling, count: 1, manager };
}

function rankOf(mark: Pick<LaneMark, 'class'>): number {
  return ranks.get(mark.class) ?? ranks.size;
}

/** Each with those that follow it by less than `room`, milliseconds, made one. */
function joined<Mark extends { readonly at: number }>(
  marks: readonly Mark[],
  room: number,
  join: (into: Mark, next: Mark) => Mark,
): Mark[] {
  const groups: Mark[] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last === undefined || mark.at - last.at >= room) groups.push(mark);
    else groups[groups.length - 1] = join(last, mark);
  }
  return groups;
}
