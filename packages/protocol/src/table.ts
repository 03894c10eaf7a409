import { Type, type Static } from 'typebox';

/** kstatus in one word; unknown has no colour. */
export const Health = Type.Object({
  status: Type.Union([
    Type.Literal('healthy'),
    Type.Literal('working'),
    Type.Literal('failing'),
    Type.Literal('unknown'),
  ]),
  reason: Type.Optional(Type.String()),
});
export type Health = Static<typeof Health>;

/** One object as a row. */
export const Row = Type.Object({
  /** `namespace/name`, or `/name` for a cluster-scoped object. */
  key: Type.String(),
  namespace: Type.String(),
  name: Type.String(),
  uid: Type.String(),
  resourceVersion: Type.String(),
  /** creationTimestamp */
  created: Type.String(),
  /** When Kindscope last saw it change; absent when it has not since it is watched. */
  changed: Type.Optional(Type.String()),
  deleting: Type.Optional(Type.Literal(true)),
  health: Health,
  /** One per column, digits as the server wrote them; null where the path finds nothing. */
  cells: Type.Array(Type.Union([Type.String(), Type.Null()])),
});
export type Row = Static<typeof Row>;

/** `column` is a column's name, or one of the four every table has. */
export const Sort = Type.Object(
  {
    column: Type.String({
      minLength: 1,
      maxLength: 253,
      examples: ['namespace', 'name', 'created', 'changed'],
    }),
    descending: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Sort = Static<typeof Sort>;

/** Which rows of the sorted, matching objects a client sees: an offset, or the key the first row must have. */
export const Window = Type.Object(
  {
    offset: Type.Integer({ minimum: 0 }),
    /** When given and present, the window starts at this row wherever it has moved to, and `offset` is only the fallback. */
    anchor: Type.Optional(Type.String({ maxLength: 512 })),
    length: Type.Integer({ minimum: 1, maximum: 500 }),
  },
  { additionalProperties: false },
);
export type Window = Static<typeof Window>;
