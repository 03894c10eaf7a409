import type { Cluster } from '../cluster.ts';
import { JSON_TYPE, type Answer, type StreamSink } from '../http/answer.ts';
import type { JsonMap } from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { expired, statusObject, type ApiError } from '../status.ts';
import type { StoreEvent } from '../storage/history.ts';
import type { ResourceStore } from '../storage/resource-store.ts';
import type { Snapshot } from '../storage/sorted-objects.ts';
import type { Encoding } from './encoding.ts';
import type { ListOptions } from './list-options.ts';
import type { Selection } from './selection.ts';
import { asSeen } from './watch-event.ts';
import { createWatchQueue } from './watch-queue.ts';
import type { WatchSet } from './watch-set.ts';
import { createWatchWriter, eventLine } from './watch-writer.ts';

const BOOKMARK_INTERVAL_MS = 60_000;
/** The last bookmark comes this long before the deadline (cacher.go). */
const BOOKMARK_BEFORE_END_MS = 2000;
/** A watch without a deadline, or with one of zero, gets a random one from here to twice as much. */
const MIN_TIMEOUT_S = 1800;
const INITIAL_EVENTS_END: JsonMap = { 'k8s.io/initial-events-end': 'true' };

/** What a watch is about, and how it is written. */
export interface WatchRequest {
  readonly served: ServedType;
  readonly options: ListOptions;
  readonly selection: Selection;
  readonly encoding: Encoding;
}

/**
 * A watch: events from a version on, or everything there is and then events, with bookmarks and a
 * deadline. A version that is forgotten is answered as Kubernetes does: 200 and one ERROR event.
 */
export function watchAnswer(cluster: Cluster, watches: WatchSet, request: WatchRequest): Answer {
  return {
    kind: 'stream',
    contentType: JSON_TYPE,
    start(sink) {
      const store = cluster.registry.store(request.served.type);
      const start = startOf(store, cluster.revision.current, request.options);
      if ('error' in start) return tell(start.error, sink);
      return follow(cluster, watches, request, store, start, sink);
    },
  };
}

/** A watch that cannot begin: 200 and one ERROR event. */
export function failedWatch(error: ApiError): Answer {
  return { kind: 'stream', contentType: JSON_TYPE, start: (sink) => tell(error, sink) };
}

function tell(error: ApiError, sink: StreamSink): () => void {
  sink.write(eventLine('ERROR', JSON.stringify(statusObject(error.fields))));
  sink.end();
  return () => undefined;
}

interface Start {
  /** The version of the initial state: what its closing bookmark carries. */
  readonly revision: number;
  /** What there is, for a watch that begins with it. */
  readonly initial: Snapshot | undefined;
  readonly events: readonly StoreEvent[];
}

function startOf(
  store: ResourceStore,
  revision: number,
  options: ListOptions,
): Start | { readonly error: ApiError } {
  const fromNow = options.revision === 0;
  if (options.sendInitialEvents === true || (fromNow && options.sendInitialEvents === undefined)) {
    return { revision, initial: store.current(), events: [] };
  }
  if (fromNow) return { revision, initial: undefined, events: [] };
  const events = store.eventsAfter(options.revision);
  if (events !== undefined) return { revision, initial: undefined, events };
  const message = `too old resource version: ${options.revision} (${store.since})`;
  return { error: expired(message) };
}

function follow(
  cluster: Cluster,
  watches: WatchSet,
  request: WatchRequest,
  store: ResourceStore,
  start: Start,
  sink: StreamSink,
): () => void {
  const { options, selection } = request;
  const writer = createWatchWriter(request.encoding);
  const stops: (() => void)[] = [];
  const stop = (): void => {
    for (const undo of stops.splice(0)) undo();
  };
  const cut = (): void => {
    stop();
    sink.destroy();
  };
  const queue = createWatchQueue(sink, initialLines(), cut);
  const onEvent = (event: StoreEvent, shared: Map<string, Buffer>): void => {
    // A watch from a future version stays silent until that version has passed.
    if (event.revision <= options.revision) return;
    const seen = asSeen(event, selection);
    if (seen === undefined) return;
    const make = (): Buffer => writer.event(seen.type, seen.object, seen.own ? undefined : shared);
    queue.push(make, seen.object.tail.length);
  };
  const bookmark = (): void => {
    const revision = cluster.revision.current;
    queue.push(() => writer.bookmark(revision), 0);
  };
  const finish = (): void => {
    stop();
    queue.finish();
  };

  const timeoutMs = 1000 * (options.timeoutSeconds || randomTimeout(cluster));
  stops.push(
    store.subscribe(onEvent),
    store.onClose(finish),
    cluster.clock.after(timeoutMs, finish),
    watches.add(cut),
  );
  if (options.allowWatchBookmarks) stops.push(keepMarking(cluster, timeoutMs, bookmark));
  return stop;

  function* initialLines(): Generator<Buffer> {
    for (const object of start.initial?.objects(selection.namespace) ?? []) {
      if (selection.matches(object)) yield writer.event('ADDED', object, undefined);
    }
    // Not only a streaming list: a watch from '' or '0' is told where its initial events end too.
    if (start.initial !== undefined && options.allowWatchBookmarks) {
      yield writer.bookmark(start.revision, INITIAL_EVENTS_END);
    }
    for (const event of start.events) {
      const seen = asSeen(event, selection);
      if (seen !== undefined) yield writer.event(seen.type, seen.object, undefined);
    }
  }
}

function randomTimeout(cluster: Cluster): number {
  return MIN_TIMEOUT_S + cluster.random.below(MIN_TIMEOUT_S);
}

/** A bookmark each minute and one shortly before the deadline; returns its end. */
function keepMarking(cluster: Cluster, timeoutMs: number, bookmark: () => void): () => void {
  let cancel = (): void => undefined;
  const again = (): void => {
    bookmark();
    cancel = cluster.clock.after(BOOKMARK_INTERVAL_MS, again);
  };
  cancel = cluster.clock.after(BOOKMARK_INTERVAL_MS, again);
  const lastIn = timeoutMs - BOOKMARK_BEFORE_END_MS;
  const cancelLast = lastIn > 0 ? cluster.clock.after(lastIn, bookmark) : (): void => undefined;
  return () => {
    cancel();
    cancelLast();
  };
}
