import { Type } from '@fastify/type-provider-typebox';
import { ObjectList, type Sort } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { toColumns } from '../catalog/columns.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import { readOrder } from '../fanout/order.ts';
import type { RowBuilder } from '../fanout/rows.ts';
import { readSelection, type Selection } from '../fanout/selection.ts';
import type { Activity } from '../timeline/activity.ts';
import type { App } from './app.ts';
import { waitMs, withSource } from './lease.ts';
import {
  badCursor,
  encodeCursor,
  ResourceParams,
  scopeQuery,
  toRef,
  unwrap,
  waitQuery,
} from './params.ts';
import { requestSignal } from './request-signal.ts';

export interface ObjectListDeps {
  readonly catalog: Catalog;
  readonly activity: Pick<Activity, 'changedAt'>;
  readonly rowBuilder: (columns: ObjectSource['columns']) => RowBuilder;
}

const ListQuery = Type.Object(
  {
    ...scopeQuery,
    ...waitQuery,
    sort: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        description: "namespace, name, created, changed or a column's name; -NAME descends",
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: '100 unless said' }),
    ),
    continue: Type.Optional(Type.String({ maxLength: 2048 })),
  },
  { additionalProperties: false },
);

/** The last row of a page, and where the next one starts should it be gone. */
interface Cursor {
  readonly key: string;
  readonly offset: number;
}

export function registerObjectList(app: App, deps: ObjectListDeps): void {
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects',
    {
      schema: {
        summary: 'Objects as rows, from the cache',
        params: ResourceParams,
        querystring: ListQuery,
        response: { 200: ObjectList },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const selection = unwrap(readSelection(query));
      const cursor = query.continue === undefined ? undefined : readCursor(query.continue);
      return withSource(
        { catalog: deps.catalog, signal: requestSignal(reply) },
        { ref: toRef(request.params), namespace: query.namespace, waitMs: waitMs(query.wait) },
        (source) => page(deps, source, selection, { ...query, cursor }),
      );
    },
  );
}

function page(
  deps: ObjectListDeps,
  source: ObjectSource,
  selection: Selection,
  query: { readonly sort?: string; readonly limit?: number; readonly cursor: Cursor | undefined },
): ObjectList {
  const { columns } = source;
  const rows = deps.rowBuilder(columns);
  const order = unwrap(readOrder(readSort(query.sort), columns));
  const matching = [];
  for (const handle of source.values()) {
    if (!selection.matches(handle)) continue;
    const changed = deps.activity.changedAt(source.resource, handle.key);
    const cell = (index: number) => rows.cell(handle, index);
    matching.push({ handle, changed, rank: order.rank({ handle, changed, cell }) });
  }
  matching.sort((a, b) => order.compare(a, b));
  const start = startOf(query.cursor, matching);
  const items = matching.slice(start, start + (query.limit ?? 100));
  const end = start + items.length;
  const last = items.at(-1);
  return {
    items: items.map(({ handle, changed }) => rows.row(handle, changed)),
    columns: toColumns(columns),
    total: source.size,
    matched: matching.length,
    syncing: source.freshness.kind === 'syncing',
    freshness: source.freshness,
    ...(last !== undefined &&
      end < matching.length && {
        continue: encodeCursor({ key: last.handle.key, offset: end } satisfies Cursor),
      }),
  };
}

function startOf(
  cursor: Cursor | undefined,
  matching: readonly { readonly handle: { readonly key: string } }[],
): number {
  if (cursor === undefined) return 0;
  const at = matching.findIndex(({ handle }) => handle.key === cursor.key);
  return at === -1 ? Math.min(cursor.offset, matching.length) : at + 1;
}

function readSort(text: string | undefined): Sort | undefined {
  if (text === undefined) return undefined;
  return text.startsWith('-') && text.length > 1
    ? { column: text.slice(1), descending: true }
    : { column: text };
}

function readCursor(text: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const { key, offset } = value as Partial<Record<keyof Cursor, unknown>>;
    if (typeof key === 'string' && isOffset(offset)) return { key, offset };
  } catch {
    // Said below.
  }
  throw badCursor();
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
