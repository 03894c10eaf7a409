import { Type, type Static } from 'typebox';

/** Addresses a resource. The core group is the empty string here; only URLs write it as `core`. */
export const ResourceRef = Type.Object(
  {
    group: Type.String({ maxLength: 253 }),
    version: Type.String({ minLength: 1, maxLength: 63 }),
    resource: Type.String({ minLength: 1, maxLength: 63 }),
  },
  { additionalProperties: false },
);
export type ResourceRef = Static<typeof ResourceRef>;

/** A column of a resource's table: the CRD's printer columns, or ours for built-in kinds. */
export const Column = Type.Object({
  name: Type.String(),
  type: Type.Union([
    Type.Literal('string'),
    Type.Literal('integer'),
    Type.Literal('number'),
    Type.Literal('boolean'),
    /** Cells are RFC 3339 instants; the page shows an age and keeps it ticking. */
    Type.Literal('date'),
  ]),
  format: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  /** As in the CRD: 0 is always shown, greater ones need room. */
  priority: Type.Integer(),
});
export type Column = Static<typeof Column>;

export const CrdVersion = Type.Object({
  name: Type.String(),
  served: Type.Boolean(),
  storage: Type.Boolean(),
  deprecated: Type.Boolean(),
  deprecationWarning: Type.Optional(Type.String()),
});
export type CrdVersion = Static<typeof CrdVersion>;

/** What only a resource that comes from a CRD has. */
export const CrdFacts = Type.Object({
  name: Type.String(),
  created: Type.String(),
  versions: Type.Array(CrdVersion),
  conversion: Type.Union([Type.Literal('None'), Type.Literal('Webhook')]),
  /** The one thing to say of the CRD's state, from its conditions. */
  health: Type.Object({
    status: Type.Union([Type.Literal('healthy'), Type.Literal('working'), Type.Literal('failing')]),
    /** `Established`, `Names not accepted`, `Terminating`, … */
    reason: Type.String(),
    message: Type.Optional(Type.String()),
  }),
});
export type CrdFacts = Static<typeof CrdFacts>;

/** How many objects there are, and who says so: our cache, or one `limit=1` request. */
export const ObjectCount = Type.Object({
  value: Type.Integer(),
  source: Type.Union([Type.Literal('cache'), Type.Literal('request')]),
  /** When it was true, RFC 3339. */
  at: Type.String(),
});
export type ObjectCount = Static<typeof ObjectCount>;

/**
 * One group-resource of the catalogue, at the version kubectl would use. The other served
 * versions are named in `versions`, best first.
 */
export const ResourceInfo = Type.Object({
  /** `group/resource`, the core group written `core`: the identity in the catalogue. */
  id: Type.String(),
  group: Type.String(),
  version: Type.String(),
  resource: Type.String(),
  kind: Type.String(),
  namespaced: Type.Boolean(),
  verbs: Type.Array(Type.String()),
  shortNames: Type.Array(Type.String()),
  categories: Type.Array(Type.String()),
  /** Served versions as discovery lists them, best first. */
  versions: Type.Array(Type.String()),
  crd: Type.Optional(CrdFacts),
  /** Absent until it is known; never made up. */
  count: Type.Optional(ObjectCount),
  /** Whether an informer runs for it now, and for how it stands. */
  watch: Type.Union([
    Type.Literal('unwatched'),
    Type.Literal('syncing'),
    Type.Literal('live'),
    Type.Literal('reconnecting'),
    Type.Literal('stale'),
    Type.Literal('forbidden'),
    Type.Literal('gone'),
  ]),
  /** Changes in each of the last 60 minutes, oldest first; only while watched. */
  rate: Type.Optional(Type.Array(Type.Integer())),
});
export type ResourceInfo = Static<typeof ResourceInfo>;
