import { gvrKey, objectKey } from '@kindscope/kube';
import type {
  ResourceRef,
  Subscribe,
  SubscribeChanges,
  SubscribeObject,
  SubscribeRolling,
  SubscribeRollout,
  SubscribeTable,
} from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import { failure, success, type Result } from '../result.ts';
import { createRolling } from '../rollout/rolling.ts';
import { createRolloutWatch } from '../rollout/rollout-watch.ts';
import type { Activity } from '../timeline/activity.ts';
import type { ChangeLog } from '../timeline/change-log.ts';
import type { RevisionLog } from '../timeline/revision-log.ts';
import { createCatalogView } from './catalog-view.ts';
import { feedIdentity, openChangeFeed } from './change-feed.ts';
import { createChangesView } from './changes-view.ts';
import { createObjectView } from './object-view.ts';
import { createQueryDesk } from './query-desk.ts';
import { createRollingView } from './rolling-view.ts';
import { createRolloutView } from './rollout-view.ts';
import type { RowBuilder } from './rows.ts';
import { readSelection } from './selection.ts';
import { createStreamPool, type StreamPoolDeps } from './stream-pool.ts';
import type { Stream } from './stream.ts';
import { createTableView } from './table-view.ts';

export interface StreamDeskDeps extends StreamPoolDeps {
  readonly catalog: Catalog;
  readonly changes: ChangeLog;
  readonly revisions: RevisionLog;
  readonly activity: Pick<Activity, 'changedAt'>;
  /** Shared with whoever else makes rows. */
  readonly rowBuilder: (columns: ObjectSource['columns']) => RowBuilder;
}

/** Finds the stream that answers a subscription, or makes it: the same question gets the same stream. */
export interface StreamDesk {
  open(request: Subscribe): Result<Stream>;
  /** The client has left it by moving its window: nobody will resume there. */
  abandon(stream: Stream): void;
  readonly streams: number;
  close(): void;
}

/** Fault: `namespace-needed`, where the resource's objects are in namespaces. */
function checkScope(
  catalog: Catalog,
  resource: ResourceRef,
  namespace: string,
): Result<string | undefined> {
  if (namespace !== '') return success(namespace);
  if (catalog.find(resource)?.namespaced !== true) return success(undefined);
  return failure({
    code: 'namespace-needed',
    detail: `Objects of ${resource.resource} are in namespaces: an empty one names none.`,
    remedy: 'Name the namespace of the object.',
  });
}

export function createStreamDesk(deps: StreamDeskDeps): StreamDesk {
  const { catalog, changes, clock } = deps;
  const pool = createStreamPool(deps);
  const queries = createQueryDesk(deps);

  function openCatalog(): Result<Stream> {
    return pool.open('catalog', () => success((signals) => createCatalogView(catalog, signals)));
  }

  function openTable(request: SubscribeTable): Result<Stream> {
    const asked = queries.read(request);
    if (!asked.ok) return asked;
    const { window } = request;
    const place = `${window.offset} ${window.length} ${window.anchor ?? ''}`;
    return pool.open(`table ${asked.value.identity} ${place}`, () => {
      const opened = asked.value.open();
      if (!opened.ok) return opened;
      return success((signals) => createTableView(opened.value, window, signals));
    });
  }

  function openObject(request: SubscribeObject): Result<Stream> {
    const { resource, namespace, name } = request;
    const scope = checkScope(catalog, resource, namespace);
    if (!scope.ok) return scope;
    const key = objectKey(namespace, name);
    return pool.open(`object ${gvrKey(resource)} ${key}`, () => {
      const lease = catalog.open(resource, scope.value);
      if (!lease.ok) return lease;
      return success((signals) => createObjectView(lease.value, key, signals));
    });
  }

  function openChanges(request: SubscribeChanges): Result<Stream> {
    const selection = readSelection(request);
    if (!selection.ok) return selection;
    return pool.open(`changes ${feedIdentity(request, selection.value)}`, () => {
      const feed = openChangeFeed({ catalog, changes }, request, selection.value);
      if (!feed.ok) return feed;
      return success((signals) => createChangesView(feed.value, clock, signals));
    });
  }

  function openRollout({ resource, namespace, name }: SubscribeRollout): Result<Stream> {
    return pool.open(`rollout ${gvrKey(resource)} ${objectKey(namespace, name)}`, () => {
      const watch = createRolloutWatch(deps, { resource, namespace, name });
      if (!watch.ok) return watch;
      return success((signals) => createRolloutView(watch.value, signals));
    });
  }

  function openRolling({ namespace }: SubscribeRolling): Result<Stream> {
    return pool.open(`rolling ${namespace ?? ''}`, () => {
      const rolling = createRolling(deps, { namespace });
      return success((signals) => createRollingView(rolling, signals));
    });
  }

  return {
    open(request) {
      switch (request.view) {
        case 'catalog':
          return openCatalog();
        case 'table':
          return openTable(request);
        case 'object':
          return openObject(request);
        case 'changes':
          return openChanges(request);
        case 'rollout':
          return openRollout(request);
        case 'rolling':
          return openRolling(request);
      }
    },
    abandon: (stream) => pool.abandon(stream),
    get streams() {
      return pool.size;
    },
    close: () => pool.close(),
  };
}
