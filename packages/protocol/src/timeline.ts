import { Type, type Static } from 'typebox';
import { ChangeClass } from './change.ts';
import { ResourceRef } from './resource.ts';
import { Freshness } from './state.ts';

/** A time in which changes of a resource may have happened that are not kept. */
export const BlindSpan = Type.Object({
  /** RFC 3339. */
  from: Type.String(),
  /** RFC 3339; absent while it lasts. */
  to: Type.Optional(Type.String()),
  reason: Type.Union([
    /** Nobody looked, so nothing was watched. */
    Type.Literal('unwatched'),
    /** It was to be watched and could not be: the connection, a relist, a reset. */
    Type.Literal('away'),
    /** It was seen and is no longer kept: the log or its queue was full. */
    Type.Literal('dropped'),
  ]),
  /** How many changes are missing, where that is known. */
  count: Type.Optional(Type.Integer()),
});
export type BlindSpan = Static<typeof BlindSpan>;

/** What the log knows, and does not, of one resource. */
export const Coverage = Type.Object({
  resource: ResourceRef,
  /** Absent: of all namespaces. */
  namespace: Type.Optional(Type.String()),
  /** Since when its changes are kept, RFC 3339; absent where it was never watched. */
  since: Type.Optional(Type.String()),
  /** It is watched now. */
  watched: Type.Boolean(),
  /** Oldest first, after `since`. */
  blind: Type.Array(BlindSpan),
});
export type Coverage = Static<typeof Coverage>;

/** GET /api/v1/changes/coverage */
export const CoverageList = Type.Object({ items: Type.Array(Coverage) });
export type CoverageList = Static<typeof CoverageList>;

/** GET /api/v1/changes/density: how many changes of each class there were, by time. */
export const Density = Type.Object({
  /** RFC 3339; the buckets divide the time from here to `to`. */
  from: Type.String(),
  to: Type.String(),
  /** The classes counted: a change counts once, as the first of its classes that were asked for. */
  classes: Type.Array(ChangeClass),
  /** By class in the order of `classes`, then by bucket. */
  counts: Type.Array(Type.Array(Type.Integer())),
  /** The newest change there was when this was counted, of whatever resource: later ones have greater ids. */
  lastId: Type.Integer(),
  /** Changes counted, and how many objects they are of. */
  changes: Type.Integer(),
  objects: Type.Integer(),
  coverage: Type.Array(Coverage),
});
export type Density = Static<typeof Density>;

/** An object that marks are of. */
export const MarkObject = Type.Object({
  resource: ResourceRef,
  kind: Type.String(),
  namespace: Type.String(),
  name: Type.String(),
  uid: Type.String(),
});
export type MarkObject = Static<typeof MarkObject>;

/**
 * GET /api/v1/changes/marks: as much of each change as a timeline draws, column by column, newest
 * first. The arrays from `id` on have one entry per change.
 */
export const Marks = Type.Object({
  objects: Type.Array(MarkObject),
  managers: Type.Array(Type.String()),
  classes: Type.Array(ChangeClass),
  id: Type.Array(Type.Integer()),
  /** Milliseconds since the epoch. */
  time: Type.Array(Type.Integer()),
  /** How long before `time` it may have happened, milliseconds; 0 where it was seen as it happened. */
  within: Type.Array(Type.Integer()),
  /** Index into `objects`. */
  object: Type.Array(Type.Integer()),
  /** Bit n: it is of `classes[n]`. */
  of: Type.Array(Type.Integer()),
  /** Index into `managers`, of the first of its managers; -1 where none is known. */
  manager: Type.Array(Type.Integer()),
  /** The conditions that flipped; `mark` is an index into the arrays above. */
  conditions: Type.Array(
    Type.Object({
      mark: Type.Integer(),
      type: Type.String(),
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
      heldMs: Type.Optional(Type.Number()),
    }),
  ),
  /** The newest change there was when this was read, of whatever resource: later ones have greater ids. */
  lastId: Type.Integer(),
  coverage: Type.Array(Coverage),
  continue: Type.Optional(Type.String()),
});
export type Marks = Static<typeof Marks>;

/** GET …/objects/{namespace}/{name}/revisions: the states of an object that are still held, newest first. */
export const RevisionList = Type.Object({
  items: Type.Array(
    Type.Object({
      uid: Type.String(),
      resourceVersion: Type.String(),
      /** When it was first seen so, RFC 3339; absent for what was there when watching began. */
      time: Type.Optional(Type.String()),
      /** The change that made it so; absent together with `time`. */
      change: Type.Optional(Type.Integer()),
      /** `time` is its end, and this the last state that is known. */
      deleted: Type.Optional(Type.Literal(true)),
    }),
  ),
  /** Older ones may have been held and are no more. */
  dropped: Type.Boolean(),
});
export type RevisionList = Static<typeof RevisionList>;

/** GET /api/v1/watching: what is watched whether or not anybody looks. */
export const WatchingList = Type.Object({
  items: Type.Array(
    Type.Object({
      resource: ResourceRef,
      /** `--watch`, or a pin of the page. */
      by: Type.Union([Type.Literal('flag'), Type.Literal('pin')]),
      freshness: Freshness,
    }),
  ),
});
export type WatchingList = Static<typeof WatchingList>;
