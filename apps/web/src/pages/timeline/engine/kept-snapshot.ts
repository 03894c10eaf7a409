import type { TimelineSnapshot } from './timeline-types.ts';

/** The new snapshot; the old one where they say the same. */
export function keptSnapshot(before: TimelineSnapshot, after: TimelineSnapshot): TimelineSnapshot {
  // What a mark knows of its change is put together each time.
  const focus = after.focus?.id === before.focus?.id ? before.focus : after.focus;
  const areSame = JSON.stringify(after.refused) === JSON.stringify(before.refused);
  const refused = areSame ? before.refused : after.refused;
  const made: TimelineSnapshot = { ...after, focus, refused };
  const keys = Object.keys(made) as (keyof TimelineSnapshot)[];
  return keys.every((key) => made[key] === before[key]) ? before : made;
}
