import type {
  Clock,
  Discovery,
  InformerFactory,
  InformerTarget,
  Log,
  ObjectCount,
  StoreEvent,
} from '@kindscope/informer';
import { crdSchema } from '@kindscope/kube';
import type { Freshness, ResourceDetail, ResourceRef } from '@kindscope/protocol';
import type { ClusterConnection } from '../cluster/connection.ts';
import { failure, success, type Result } from '../result.ts';
import type { Catalog, WatchedEvent } from './catalog.ts';
import { createChangeBoard } from './change-board.ts';
import { createColumnCache, toColumns } from './columns.ts';
import { createCrdWatch } from './crd-watch.ts';
import { selectableFields, type CrdEntry } from './crd.ts';
import { createDiscoveryLoop } from './discovery-loop.ts';
import { createDiscoveryRecord, lostGroups } from './discovery-record.ts';
import { lostAt, toInformerInfo } from './informer-list.ts';
import { createResourceCounts } from './resource-counts.ts';
import { createResourceFacts } from './resource-facts.ts';
import { createResourceIndex, resourceId } from './resource-index.ts';
import { createScopes } from './scopes.ts';
import { createSourceDesk, unknownResource } from './source-desk.ts';
import { createWatchPool, type Watch } from './watch-pool.ts';

export interface CatalogDeps {
  readonly factory: Pick<InformerFactory, 'acquire'>;
  readonly discover: (signal: AbortSignal) => Promise<Discovery>;
  readonly count: (target: InformerTarget, signal: AbortSignal) => Promise<ObjectCount>;
  readonly connection: ClusterConnection;
  readonly clock: Clock;
  readonly log: Log;
  /** To keep to; empty means all. */
  readonly namespaces: readonly string[];
  /** The context's namespace: shown where listing across the cluster is refused. */
  readonly fallbackNamespace: string | undefined;
  /** How long an informer lives on after its last viewer, milliseconds. */
  readonly lingerMs?: number;
}

export interface LiveCatalog extends Catalog {
  stop(): void;
}

const minuteMs = 60_000;
const quietPeriodMs = 5 * minuteMs;

/** Starts at once: discovery is asked, the CRDs are watched. */
export function createCatalog(deps: CatalogDeps): LiveCatalog {
  const { clock, log, connection } = deps;
  const onError = (error: unknown) =>
    log.error({ err: error }, 'a listener of the catalogue threw');
  const index = createResourceIndex();
  const columns = createColumnCache({ crd: (id) => index.crd(id) });
  const scopes = createScopes({
    namespaces: deps.namespaces,
    fallback: deps.fallbackNamespace,
    clock,
  });
  const eventListeners = new Set<(event: WatchedEvent) => void>();
  const freshnessListeners = new Set<(freshness: Freshness) => void>();
  let toldFreshness = '';
  let cancelTick = () => {};

  const pool = createWatchPool({
    factory: deps.factory,
    clock,
    lingerMs: deps.lingerMs ?? 30_000,
    onEvent: onWatchEvent,
    onEnd: tellEnded,
    onChange: (watch) => board.touch([resourceId(watch.informer.gvr)], 'now'),
    onError,
  });
  const counts = createResourceCounts({
    count: deps.count,
    index,
    scopes,
    watched: (id) => facts.watches(id).length > 0,
    onCount: (id) => board.touch([id], 'slowly'),
    clock,
  });
  const facts = createResourceFacts({ index, pool, scopes, counts, clock });
  const board = createChangeBoard({
    ids: () => index.items.keys(),
    info: (id) => facts.info(id),
    onListening(listening) {
      cancelTick();
      if (!listening) return counts.pause();
      counts.resume();
      tick();
    },
    onError,
    clock,
  });
  const desk = createSourceDesk({
    pool,
    scopes,
    base: (id) => index.items.get(id),
    complete: () => record.complete,
    nearest: (ref) => index.nearest(ref),
    resource: (ref) => facts.at(ref),
    columns: (ref) => columns.of(ref),
    onError,
  });
  const discovery = createDiscoveryLoop({
    discover: deps.discover,
    onAnswer,
    clock,
    log,
    periodMs: quietPeriodMs,
  });
  const crdWatch = createCrdWatch({ pool, onCrd, onCrdGone, onState: onCrdState });
  const record = createDiscoveryRecord({ crdState: () => crdWatch.state, clock });
  const offConnection = connection.onChange((state) => {
    if (state.kind !== 'connected') return;
    discovery.refresh();
    counts.retry();
  });
  discovery.refresh();

  /** Rates move with the minutes, also where nothing happens. */
  function tick(): void {
    board.touch(
      [...pool.watches()].map(({ informer }) => resourceId(informer.gvr)),
      'slowly',
    );
    cancelTick = clock.after(minuteMs, tick);
  }

  function onWatchEvent(watch: Watch, event: StoreEvent): void {
    const id = resourceId(watch.informer.gvr);
    if (facts.counts(watch) && facts.note(id, event)) board.touch([id], 'slowly');
    tellWatched(watch, event);
  }

  function tellWatched(watch: Watch, event: WatchedEvent['event']): void {
    if (watch.quiet) return;
    const { gvr, namespace } = watch.informer;
    const resource = facts.at(gvr);
    for (const listener of eventListeners) listener({ resource, namespace, event });
  }

  function tellEnded(watch: Watch): void {
    const since = lostAt(toInformerInfo(watch, facts.at(watch.informer.gvr).kind));
    tellWatched(watch, { kind: 'ended', ...(since !== undefined && { lostAt: since }) });
  }

  function schema(ref: ResourceRef) {
    const crd = index.crd(resourceId(ref));
    return crd === undefined ? undefined : crdSchema(crd.object, ref.version);
  }

  function onCrd(entry: CrdEntry, news: 'initial' | 'live'): void {
    board.touch(index.setCrd(entry), 'now');
    desk.columnsChanged(entry.id);
    if (entry.established) wakeGone();
    if (news === 'live') {
      counts.forget(entry.id);
      discovery.refreshSoon();
    }
  }

  function onCrdGone(id: string): void {
    board.touch(index.removeCrd(id), 'now');
    discovery.refreshSoon();
  }

  function onCrdState(): void {
    adjustPeriod();
    tellFreshness();
  }

  function onAnswer(answer: Discovery): void {
    const first = !record.answered;
    if (record.take(answer)) {
      const groups = index.items.values().map(({ group }) => group);
      board.touch(index.setDiscovered(answer.resources, lostGroups(answer, groups)), 'now');
      wakeGone();
    }
    adjustPeriod();
    tellFreshness();
    if (first) counts.retry();
  }

  /** What was not served may be now: its informer need not wait for its own next attempt. */
  function wakeGone(): void {
    for (const { informer } of pool.watches()) {
      const served = index.items.get(resourceId(informer.gvr));
      const again = served?.versions.includes(informer.gvr.version) === true;
      if (informer.state.kind === 'gone' && again) informer.wake();
    }
  }

  /** Where no CRD can be watched, or a part has failed, only asking again tells what is new. */
  function adjustPeriod(): void {
    discovery.setPeriod(record.whole ? quietPeriodMs : minuteMs);
  }

  function freshness(): Freshness {
    return record.freshness(index.items.size);
  }

  function tellFreshness(): void {
    const now = freshness();
    const text = JSON.stringify(now);
    if (text === toldFreshness) return;
    toldFreshness = text;
    for (const listener of freshnessListeners) listener(now);
  }

  function detail(ref: ResourceRef): Result<ResourceDetail> {
    const base = index.items.get(resourceId(ref));
    const info = facts.info(resourceId(ref));
    if (base === undefined || info === undefined || !base.versions.includes(ref.version)) {
      return failure(unknownResource(ref, base, index.nearest(ref)));
    }
    const crd = index.crd(base.id);
    const declared = schema(ref);
    return success({
      info: { ...info, version: ref.version },
      columns: toColumns(columns.of(ref)),
      ...(declared !== undefined && { schema: declared }),
      selectableFields: selectableFields(crd, ref.version, base.namespaced),
    });
  }

  return {
    resources: () => facts.all(),
    find(ref) {
      const base = index.items.get(resourceId(ref));
      return base?.versions.includes(ref.version) === true ? facts.info(base.id) : undefined;
    },
    nearest: (ref) => index.nearest(ref),
    open: (ref, namespace, options) => desk.open(ref, namespace, options),
    detail,
    schema,
    onChange: (listener) => board.subscribe(listener),
    get freshness() {
      return freshness();
    },
    onFreshness(listener) {
      freshnessListeners.add(listener);
      return () => freshnessListeners.delete(listener);
    },
    get faults() {
      return [...record.faults(), ...scopes.faults()];
    },
    get ready() {
      return record.answered;
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    informers: () =>
      [...pool.watches()].map((watch) => toInformerInfo(watch, facts.at(watch.informer.gvr).kind)),
    stop() {
      offConnection();
      cancelTick();
      discovery.stop();
      counts.stop();
      board.stop();
      crdWatch.stop();
      pool.stop();
    },
  };
}
