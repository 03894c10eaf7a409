import { gvrKey } from '@kindscope/kube';
import type { SubscribeTable } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import { failure, success, type Result } from '../result.ts';
import type { Activity } from '../timeline/activity.ts';
import { readOrder, type Order } from './order.ts';
import type { RowBuilder } from './rows.ts';
import { readSelection } from './selection.ts';
import { createTableQuery, type TableQuery } from './table-query.ts';

type TableQuestion = Pick<
  SubscribeTable,
  'resource' | 'namespace' | 'labelSelector' | 'fieldSelector' | 'sort'
>;

/** A query that is held until it is released. */
export interface QueryLease {
  readonly query: TableQuery;
  release(): void;
}

/** A question that could be read. */
interface AskedQuery {
  readonly identity: string;
  /** Faults: `unknown-column`, and those of the catalogue. */
  open(): Result<QueryLease>;
}

/** Hands out table queries: the same question shares one, with its sorted array, among all its windows. */
export interface QueryDesk {
  /** Fault: `bad-selector`. */
  read(question: TableQuestion): Result<AskedQuery>;
}

interface Held {
  readonly query: TableQuery;
  references: number;
  end(): void;
}

export function createQueryDesk(deps: {
  readonly catalog: Pick<Catalog, 'open'>;
  readonly activity: Pick<Activity, 'changedAt'>;
  readonly rowBuilder: (columns: ObjectSource['columns']) => RowBuilder;
}): QueryDesk {
  const held = new Map<string, Held>();

  function start(question: TableQuestion, selection: Parameters<typeof create>[2]): Result<Held> {
    const opened = deps.catalog.open(question.resource, question.namespace);
    if (!opened.ok) return opened;
    const { source } = opened.value;
    const order = readOrder(question.sort, source.columns);
    if (!order.ok) {
      opened.value.release();
      return failure(order.fault);
    }
    const query = create(question, source, selection);
    return success({
      query,
      references: 0,
      end() {
        query.close();
        opened.value.release();
      },
    });
  }

  function create(
    { resource, sort }: TableQuestion,
    source: ObjectSource,
    selection: Parameters<typeof createTableQuery>[0]['selection'],
  ): TableQuery {
    /** A column that was sorted by may be gone when a CRD changes. */
    function orderOf(columns: ObjectSource['columns']): Order {
      const asked = readOrder(sort, columns);
      const order = asked.ok ? asked : readOrder(undefined, columns);
      if (!order.ok) throw new Error(order.fault.detail);
      return order.value;
    }
    return createTableQuery({
      resource,
      source,
      selection,
      activity: deps.activity,
      builderOf: deps.rowBuilder,
      orderOf,
    });
  }

  function lease(identity: string, entry: Held): QueryLease {
    entry.references += 1;
    let released = false;
    return {
      query: entry.query,
      release() {
        if (released) return;
        released = true;
        entry.references -= 1;
        if (entry.references > 0) return;
        held.delete(identity);
        entry.end();
      },
    };
  }

  return {
    read(question) {
      const selection = readSelection(question);
      if (!selection.ok) return selection;
      const { resource, namespace = '', sort } = question;
      const order =
        sort === undefined ? '' : `${sort.descending === true ? '-' : '+'}${sort.column}`;
      const identity = JSON.stringify([
        gvrKey(resource),
        namespace,
        selection.value.identity,
        order === '+namespace' ? '' : order,
      ]);
      return success({
        identity,
        open() {
          const known = held.get(identity);
          if (known !== undefined) return success(lease(identity, known));
          const started = start(question, selection.value);
          if (!started.ok) return started;
          held.set(identity, started.value);
          return success(lease(identity, started.value));
        },
      });
    },
  };
}
