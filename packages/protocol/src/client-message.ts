import { Type, type Static } from 'typebox';
import { ChangeClass } from './change.ts';
import { ResourceRef } from './resource.ts';
import { Sort, Window } from './table.ts';

/** Chosen by the client, unique among its open subscriptions. */
const Id = Type.Integer({ minimum: 1, maximum: 2 ** 31 });
const Namespace = Type.String({ minLength: 1, maxLength: 63 });
const Selector = Type.String({ maxLength: 4096 });

/** Where a stream was left: taken up there if its ring still reaches back so far. */
export const Resume = Type.Object(
  { epoch: Type.String({ maxLength: 64 }), seq: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type Resume = Static<typeof Resume>;

const scope = {
  namespace: Type.Optional(Namespace),
  labelSelector: Type.Optional(Selector),
  fieldSelector: Type.Optional(Selector),
  resume: Type.Optional(Resume),
};

export const SubscribeCatalog = Type.Object(
  {
    type: Type.Literal('subscribe'),
    id: Id,
    view: Type.Literal('catalog'),
    resume: Type.Optional(Resume),
  },
  { additionalProperties: false },
);
export const SubscribeTable = Type.Object(
  {
    type: Type.Literal('subscribe'),
    id: Id,
    view: Type.Literal('table'),
    resource: ResourceRef,
    ...scope,
    sort: Type.Optional(Sort),
    window: Window,
  },
  { additionalProperties: false },
);
export const SubscribeObject = Type.Object(
  {
    type: Type.Literal('subscribe'),
    id: Id,
    view: Type.Literal('object'),
    resource: ResourceRef,
    /** Empty for a cluster-scoped object. */
    namespace: Type.String({ maxLength: 63 }),
    name: Type.String({ minLength: 1, maxLength: 253 }),
    resume: Type.Optional(Resume),
  },
  { additionalProperties: false },
);
export const SubscribeChanges = Type.Object(
  {
    type: Type.Literal('subscribe'),
    id: Id,
    view: Type.Literal('changes'),
    resources: Type.Array(ResourceRef, { minItems: 1, maxItems: 32 }),
    ...scope,
    /** Only this object's. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
    /** Only changes that are of one of these classes. */
    classes: Type.Optional(Type.Array(ChangeClass, { minItems: 1, maxItems: 9 })),
    /** How many past changes the snapshot brings at most, newest ones. */
    backlog: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  },
  { additionalProperties: false },
);
/** One object and everything it owns, as it rolls out. */
export const SubscribeRollout = Type.Object(
  {
    type: Type.Literal('subscribe'),
    id: Id,
    view: Type.Literal('rollout'),
    resource: ResourceRef,
    /** Empty for a cluster-scoped object. */
    namespace: Type.String({ maxLength: 63 }),
    name: Type.String({ minLength: 1, maxLength: 253 }),
    resume: Type.Optional(Resume),
  },
  { additionalProperties: false },
);
/** What is rolling now. */
export const SubscribeRolling = Type.Object(
  {
    type: Type.Literal('subscribe'),
    id: Id,
    view: Type.Literal('rolling'),
    namespace: Type.Optional(Namespace),
    resume: Type.Optional(Resume),
  },
  { additionalProperties: false },
);
export const MoveWindow = Type.Object(
  { type: Type.Literal('window'), id: Id, window: Window },
  { additionalProperties: false },
);
export const Unsubscribe = Type.Object(
  { type: Type.Literal('unsubscribe'), id: Id },
  { additionalProperties: false },
);

export const Subscribe = Type.Union([
  SubscribeCatalog,
  SubscribeTable,
  SubscribeObject,
  SubscribeChanges,
  SubscribeRollout,
  SubscribeRolling,
]);
export type Subscribe = Static<typeof Subscribe>;
export type SubscribeTable = Static<typeof SubscribeTable>;
export type SubscribeObject = Static<typeof SubscribeObject>;
export type SubscribeChanges = Static<typeof SubscribeChanges>;
export type SubscribeRollout = Static<typeof SubscribeRollout>;
export type SubscribeRolling = Static<typeof SubscribeRolling>;
export type SubscribeCatalog = Static<typeof SubscribeCatalog>;

/** Everything a client may send. */
export const ClientMessage = Type.Union([
  SubscribeCatalog,
  SubscribeTable,
  SubscribeObject,
  SubscribeChanges,
  SubscribeRollout,
  SubscribeRolling,
  MoveWindow,
  Unsubscribe,
]);
export type ClientMessage = Static<typeof ClientMessage>;
