import { Type, type Static } from 'typebox';
import { ResourceRef } from './resource.ts';

/** In order of precedence: a change is shown as the first of its classes. */
export const ChangeClass = Type.Union([
  Type.Literal('deleted'),
  /** Created under a name that an object had before: always together with `created`. */
  Type.Literal('recreated'),
  Type.Literal('created'),
  /** Its deletion was asked for; finalizers or its grace period keep it. */
  Type.Literal('deleting'),
  Type.Literal('spec'),
  Type.Literal('condition'),
  Type.Literal('metadata'),
  Type.Literal('status'),
  Type.Literal('heartbeat'),
]);
export type ChangeClass = Static<typeof ChangeClass>;

/** One changed path. `before` is absent where the field was added, `after` where it was removed. */
export const FieldChange = Type.Object({
  /** As kubectl writes it: `spec.template.spec.containers[name=web].image`. */
  path: Type.String(),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
  /** Set when a value was too large to send whole: it is then its first characters, as text. */
  truncated: Type.Optional(Type.Literal(true)),
});
export type FieldChange = Static<typeof FieldChange>;

export const ConditionChange = Type.Object({
  type: Type.String(),
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  /** How long it had been `from`, milliseconds, by its lastTransitionTime. */
  heldMs: Type.Optional(Type.Number()),
});
export type ConditionChange = Static<typeof ConditionChange>;

/** An entry of managedFields that moved with the change. A manager is not a person. */
export const Manager = Type.Object({
  manager: Type.String(),
  operation: Type.Union([Type.Literal('Apply'), Type.Literal('Update')]),
  subresource: Type.Optional(Type.String()),
  time: Type.Optional(Type.String()),
});
export type Manager = Static<typeof Manager>;

export const Change = Type.Object({
  /** Unique and sortable within one server process: later changes have greater ids. */
  id: Type.Integer(),
  resource: ResourceRef,
  kind: Type.String(),
  namespace: Type.String(),
  name: Type.String(),
  uid: Type.String(),
  /** resourceVersion before; absent for an object not seen before. */
  from: Type.Optional(Type.String()),
  /** resourceVersion after; absent where a relist found the object missing. */
  to: Type.Optional(Type.String()),
  /** How it was found. A relist may merge several writes into one change. */
  seen: Type.Union([Type.Literal('watch'), Type.Literal('relist')]),
  /** When Kindscope saw it, RFC 3339 with milliseconds. */
  time: Type.String(),
  /** Found by a relist: it happened after this and no later than `time`. */
  notBefore: Type.Optional(Type.String()),
  classes: Type.Array(ChangeClass, { minItems: 1 }),
  /** Of `recreated`: the object that had the name before. */
  formerLife: Type.Optional(
    Type.Object({
      uid: Type.String(),
      /** When its end was seen, RFC 3339. */
      ended: Type.String(),
    }),
  ),
  fields: Type.Array(FieldChange),
  /** How many more fields changed than `fields` holds. */
  omitted: Type.Optional(Type.Integer()),
  conditions: Type.Optional(Type.Array(ConditionChange)),
  managers: Type.Array(Manager),
  /** Relative to the stream's selector: the object started or stopped matching with this change. */
  effect: Type.Optional(Type.Union([Type.Literal('enter'), Type.Literal('leave')])),
});
export type Change = Static<typeof Change>;
