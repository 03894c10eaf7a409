import { Type, type Static } from 'typebox';
import { Change } from './change.ts';
import { Column, ResourceInfo, ResourceRef } from './resource.ts';
import { ClusterState, Fault, Freshness } from './state.ts';
import { Row } from './table.ts';

/** RFC 9457; served as application/problem+json. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  remedy: Type.Optional(Type.String()),
});
export type Problem = Static<typeof Problem>;

/** GET /api/v1/cluster */
export const ClusterInfo = Type.Object({
  /** Kindscope's own version. */
  version: Type.String(),
  /** The kubeconfig context, `in-cluster`, or `demo`. */
  context: Type.String(),
  /** What the credentials came from, for people: a path, `service account`, `embedded demo cluster`. */
  source: Type.String(),
  embedded: Type.Boolean(),
  server: Type.String(),
  /** The API server's gitVersion; absent while it has not answered. */
  serverVersion: Type.Optional(Type.String()),
  /** Who the API server says we are; absent where it will not say. */
  identity: Type.Optional(Type.String()),
  state: ClusterState,
  /** For the demo: the kubeconfig file that kubectl can be pointed at. */
  kubeconfig: Type.Optional(Type.String()),
  /** Namespaces Kindscope was told to keep to; absent means all. */
  namespaces: Type.Optional(Type.Array(Type.String())),
});
export type ClusterInfo = Static<typeof ClusterInfo>;

/** GET /api/v1/resources */
export const ResourceList = Type.Object({
  items: Type.Array(ResourceInfo),
  /** Parts of discovery that failed; the rest stands. */
  faults: Type.Array(Fault),
});
export type ResourceList = Static<typeof ResourceList>;

/** GET /api/v1/resources/{group}/{version}/{resource} */
export const ResourceDetail = Type.Object({
  info: ResourceInfo,
  columns: Type.Array(Column),
  /** The CRD's openAPIV3Schema of this version. */
  schema: Type.Optional(Type.Unknown()),
  /** Field selectors that may be used on it. */
  selectableFields: Type.Array(Type.String()),
});
export type ResourceDetail = Static<typeof ResourceDetail>;

/** GET …/objects */
export const ObjectList = Type.Object({
  items: Type.Array(Row),
  columns: Type.Array(Column),
  total: Type.Integer(),
  matched: Type.Integer(),
  /** The informer had not everything yet when this was answered. */
  syncing: Type.Boolean(),
  freshness: Freshness,
  continue: Type.Optional(Type.String()),
});
export type ObjectList = Static<typeof ObjectList>;

/** GET …/facets: what there is to choose from, from the cache. */
export const Facets = Type.Object({
  namespaces: Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() })),
  labels: Type.Array(
    Type.Object({
      key: Type.String(),
      count: Type.Integer(),
      /** The most frequent first, at most 50. */
      values: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
    }),
  ),
  syncing: Type.Boolean(),
});
export type Facets = Static<typeof Facets>;

/** GET …/changes and /api/v1/changes: newest first. */
export const ChangeList = Type.Object({
  items: Type.Array(Change),
  continue: Type.Optional(Type.String()),
});
export type ChangeList = Static<typeof ChangeList>;

/** GET /api/v1/informers */
export const InformerInfo = Type.Object({
  resource: ResourceRef,
  kind: Type.String(),
  namespace: Type.Optional(Type.String()),
  /** Not whole objects: who owns what is looked for. */
  metadataOnly: Type.Optional(Type.Literal(true)),
  freshness: Freshness,
  objects: Type.Integer(),
  viewers: Type.Integer(),
  resourceVersion: Type.Optional(Type.String()),
  startedAt: Type.String(),
  lastEventAt: Type.Optional(Type.String()),
  lastBookmarkAt: Type.Optional(Type.String()),
  counters: Type.Object({
    lists: Type.Integer(),
    watches: Type.Integer(),
    events: Type.Integer(),
    bookmarks: Type.Integer(),
    relists: Type.Integer(),
    failures: Type.Integer(),
    skipped: Type.Integer(),
  }),
  lastFault: Type.Optional(Type.Intersect([Fault, Type.Object({ at: Type.String() })])),
});
export type InformerInfo = Static<typeof InformerInfo>;
export const InformerList = Type.Object({ items: Type.Array(InformerInfo) });
export type InformerList = Static<typeof InformerList>;
