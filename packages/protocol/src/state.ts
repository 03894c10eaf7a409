import { Type, type Static } from 'typebox';

/** An error as every part of Kindscope says it: a stable code, a sentence, and what to do. */
export const Fault = Type.Object({
  code: Type.String(),
  detail: Type.String(),
  /** The line to type or the thing to change, where there is one. */
  remedy: Type.Optional(Type.String()),
});
export type Fault = Static<typeof Fault>;

/** How fresh a view is. Times are RFC 3339. */
export const Freshness = Type.Union([
  Type.Object({
    kind: Type.Literal('syncing'),
    received: Type.Integer(),
    /** Absent where the server did not say how many there are. */
    expected: Type.Optional(Type.Integer()),
  }),
  Type.Object({ kind: Type.Literal('live') }),
  Type.Object({ kind: Type.Literal('reconnecting'), since: Type.String() }),
  Type.Object({ kind: Type.Literal('stale'), since: Type.String(), fault: Fault }),
  Type.Object({ kind: Type.Literal('forbidden'), fault: Fault }),
  /** The resource is no longer served. */
  Type.Object({ kind: Type.Literal('gone') }),
]);
export type Freshness = Static<typeof Freshness>;

/** The connection of the server to the cluster as a whole. */
export const ClusterState = Type.Union([
  Type.Object({ kind: Type.Literal('connecting') }),
  Type.Object({ kind: Type.Literal('connected') }),
  Type.Object({ kind: Type.Literal('unreachable'), since: Type.String(), fault: Fault }),
]);
export type ClusterState = Static<typeof ClusterState>;
