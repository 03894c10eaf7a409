import { Type, type Static } from 'typebox';
import { Change } from './change.ts';
import { Column, ResourceInfo, ResourceRef } from './resource.ts';
import { RollingItem, RolloutLack, RolloutParts } from './rollout.ts';
import { ClusterState, Fault, Freshness } from './state.ts';
import { Row } from './table.ts';

const Id = Type.Integer();

/** First message of every connection. */
export const Welcome = Type.Object({
  type: Type.Literal('welcome'),
  protocol: Type.Integer(),
  /** Kindscope's version. */
  version: Type.String(),
  /** Changes when the server restarts. */
  instance: Type.String(),
  /** The server's clock, RFC 3339: times in other messages are by it. */
  time: Type.String(),
  cluster: ClusterState,
  limits: Type.Object({ subscriptions: Type.Integer(), frameBytes: Type.Integer() }),
});
export type Welcome = Static<typeof Welcome>;

/** Sent when nothing else was for 15 s: silence for 40 s means that the connection is dead. */
export const Beat = Type.Object({ type: Type.Literal('beat'), time: Type.String() });
export type Beat = Static<typeof Beat>;

export const ClusterMessage = Type.Object({ type: Type.Literal('cluster'), cluster: ClusterState });
export type ClusterMessage = Static<typeof ClusterMessage>;

/** Answers `subscribe` and `window`: frames of `stream` are from now on this subscription's. */
export const Attached = Type.Object({
  type: Type.Literal('attached'),
  id: Id,
  stream: Type.Integer(),
  /** True: the frames after `resume.seq` follow. False: a snapshot follows. */
  resumed: Type.Boolean(),
});
export type Attached = Static<typeof Attached>;

/** Answers a message that cannot be taken, or ends a subscription; the connection lives. */
export const ErrorMessage = Type.Object({
  type: Type.Literal('error'),
  /** Absent when the message could not be read so far. */
  id: Type.Optional(Id),
  fault: Fault,
});
export type ErrorMessage = Static<typeof ErrorMessage>;

/** Every frame of a stream has these three; `seq` grows by one a frame within an epoch. */
const frame = { stream: Type.Integer(), epoch: Type.String(), seq: Type.Integer() };

/**
 * Starts a snapshot. What the client holds of the stream is replaced at `end`, not before.
 * A snapshot's frames all carry the sequence number of the last delta they include.
 */
export const Begin = Type.Object({
  type: Type.Literal('begin'),
  ...frame,
  /** The client had something of this stream that this snapshot replaces. */
  reset: Type.Boolean(),
  /** Table only. */
  columns: Type.Optional(Type.Array(Column)),
  freshness: Freshness,
});
export type Begin = Static<typeof Begin>;

export const End = Type.Object({ type: Type.Literal('end'), ...frame });
export type End = Static<typeof End>;

export const FreshnessMessage = Type.Object({
  type: Type.Literal('freshness'),
  ...frame,
  freshness: Freshness,
});
export type FreshnessMessage = Static<typeof FreshnessMessage>;

/** Catalogue: items that are new or differ, and those that left. */
export const CatalogFrame = Type.Object({
  type: Type.Literal('catalog'),
  ...frame,
  items: Type.Array(ResourceInfo),
  removed: Type.Array(Type.String()),
});
export type CatalogFrame = Static<typeof CatalogFrame>;

/** Table: new facts of the window. Fields that did not change are absent. */
export const TableFrame = Type.Object({
  type: Type.Literal('table'),
  ...frame,
  /** Objects in scope, and how many of them match the selectors. */
  total: Type.Integer(),
  matched: Type.Integer(),
  /** Where the window's first row stands among the matching ones. */
  offset: Type.Integer(),
  /** The keys of the window's rows in order, whole, when the order or the members changed. */
  keys: Type.Optional(Type.Array(Type.String())),
  /** Rows that are new to the window or differ. */
  rows: Type.Array(Row),
  /** True while the informer syncs under an order other than namespace, name: more rows may still come before these. */
  partial: Type.Boolean(),
});
export type TableFrame = Static<typeof TableFrame>;

/** Object: the whole object, Secret values redacted; null when there is none of that name (any more). */
export const ObjectFrame = Type.Object({
  type: Type.Literal('object'),
  ...frame,
  object: Type.Union([Type.Unknown(), Type.Null()]),
});
export type ObjectFrame = Static<typeof ObjectFrame>;

/** Changes in the order they were seen, oldest first. */
export const ChangesFrame = Type.Object({
  type: Type.Literal('changes'),
  ...frame,
  changes: Type.Array(Change),
});
export type ChangesFrame = Static<typeof ChangesFrame>;

/** Rollout: what is new of the object and what it owns. */
export const RolloutFrame = Type.Object({
  type: Type.Literal('rollout'),
  ...frame,
  ...RolloutParts.properties,
});
export type RolloutFrame = Static<typeof RolloutFrame>;

/** Rolling: items that are new or differ, and those that left. */
export const RollingFrame = Type.Object({
  type: Type.Literal('rolling'),
  ...frame,
  items: Type.Array(RollingItem),
  /** Uids. */
  removed: Type.Array(Type.String()),
  /** All of them; absent where they did not change. */
  kinds: Type.Optional(Type.Array(ResourceRef)),
  lacks: Type.Optional(Type.Array(RolloutLack)),
});
export type RollingFrame = Static<typeof RollingFrame>;

/** Changes between two times are not in this stream. */
export const GapFrame = Type.Object({
  type: Type.Literal('gap'),
  ...frame,
  /** Whose changes; absent where it is all of the stream's. */
  resource: Type.Optional(ResourceRef),
  from: Type.String(),
  to: Type.String(),
  /** Absent where nobody can know. */
  count: Type.Optional(Type.Integer()),
  reason: Type.Union([
    /** This client read too slowly. */
    Type.Literal('slow'),
    /** The cluster could not be watched; a relist found what differs, not each step. */
    Type.Literal('unwatched'),
  ]),
  /** The changes that follow this frame fill it from the log. */
  filled: Type.Boolean(),
});
export type GapFrame = Static<typeof GapFrame>;

export const StreamFrame = Type.Union([
  Begin,
  End,
  FreshnessMessage,
  CatalogFrame,
  TableFrame,
  ObjectFrame,
  ChangesFrame,
  RolloutFrame,
  RollingFrame,
  GapFrame,
]);
export type StreamFrame = Static<typeof StreamFrame>;

/** Everything a server may send. */
export const ServerMessage = Type.Union([
  Welcome,
  Beat,
  ClusterMessage,
  Attached,
  ErrorMessage,
  StreamFrame,
]);
export type ServerMessage = Static<typeof ServerMessage>;
