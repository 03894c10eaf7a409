import type { ObjectHandle, StoreEvent } from '@kindscope/informer';
import type { Fault, Freshness, ResourceRef } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { ObjectSource } from '../catalog/object-source.ts';
import type { ResourceBase } from '../catalog/resource-base.ts';

/** Who is told what a kind's watch sees. */
export interface WatchSink {
  put(handle: ObjectHandle, metadataOnly: boolean): void;
  remove(uid: string): void;
  /** These are all that there are. */
  keep(uids: ReadonlySet<string>): void;
  /** Its answer, fault or freshness may be another. */
  changed(): void;
}

/** One kind of the tree: watched by metadata until something of it is found, then whole. */
export interface TreeWatch {
  readonly resource: ResourceBase | undefined;
  /** What it was asked for has come, or will not come now. */
  readonly answered: boolean;
  /** Why it is not seen, or not seen as it is now. */
  readonly fault: Fault | undefined;
  /** Metadata is not enough. */
  readonly wanted: boolean;
  /** It holds watches of the cluster. */
  readonly watching: boolean;
  /** What is refused is given up, and stays forbidden until it is asked for again. */
  readonly freshness: Freshness;
  /** Metadata is not enough from now on. */
  needWhole(): void;
  /** Asks again for what was refused. */
  retry(): void;
  close(): void;
}

interface Feed {
  readonly source: ObjectSource;
  readonly whole: boolean;
  /** What it holds is all there is. */
  synced: boolean;
  close(): void;
}

export interface TreeWatchDeps {
  readonly catalog: Pick<Catalog, 'open'>;
  readonly ref: ResourceRef;
  /** Undefined: everywhere. */
  readonly namespace: string | undefined;
  /** From the start on. */
  readonly whole: boolean;
  /** What it sees is no news for the timeline. */
  readonly quiet?: boolean;
  readonly sink: WatchSink;
}

export function createTreeWatch(deps: TreeWatchDeps): TreeWatch {
  const { sink } = deps;
  let needed = deps.whole;
  /** What is told of. */
  let current: Feed | undefined;
  /** Whole objects that are being listed, while metadata is told of. */
  let coming: Feed | undefined;
  let refusal: Fault | undefined;
  let resource: ResourceBase | undefined;

  function open(whole: boolean): Feed | undefined {
    const lease = deps.catalog.open(deps.ref, deps.namespace, {
      limited: true,
      quiet: deps.quiet ?? false,
      ...(!whole && { form: 'metadata' as const }),
    });
    if (!lease.ok) {
      refusal = lease.fault;
      return undefined;
    }
    const { source } = lease.value;
    resource = source.resource;
    const off = source.subscribe({
      onEvent: (event) => onEvent(feed, event),
      onFreshness: () => onFreshness(feed),
    });
    const feed: Feed = {
      source,
      whole,
      synced: holdsAll(source),
      close() {
        off();
        lease.value.release();
      },
    };
    return feed;
  }

  function begin(): void {
    refusal = undefined;
    current = open(needed);
    if (current === undefined) return;
    replay(current);
    onFreshness(current);
  }

  function beginWhole(): void {
    if (!lacksWhole()) return;
    refusal = undefined;
    coming = open(true);
    if (coming?.synced === true) take(coming);
    else if (coming !== undefined) onFreshness(coming);
    sink.changed();
  }

  function lacksWhole(): boolean {
    return needed && current !== undefined && !current.whole && coming === undefined;
  }

  /** From now on this is told of, in the place of what was. */
  function take(feed: Feed): void {
    coming = undefined;
    current?.close();
    current = feed;
    replay(feed);
  }

  function replay(feed: Feed): void {
    for (const handle of feed.source.values()) sink.put(handle, !feed.whole);
    if (feed.synced) sweep(feed);
  }

  function sweep({ source }: Feed): void {
    sink.keep(new Set(Iterator.from(source.values()).map(({ uid }) => uid)));
  }

  function onEvent(feed: Feed, event: StoreEvent): void {
    if (event.kind === 'reset') feed.synced = false;
    // What is refused is complete, too: nothing follows from that.
    if (event.kind === 'synced' && !isRefused(feed)) complete(feed);
    if (feed !== current) return;
    if (event.kind === 'delete') sink.remove(event.old.uid);
    if (event.kind === 'update' && event.old.uid !== event.new.uid) sink.remove(event.old.uid);
    if (event.kind === 'add' || event.kind === 'update') sink.put(event.new, !feed.whole);
  }

  /** What it holds is all there is. */
  function complete(feed: Feed): void {
    feed.synced = true;
    if (feed === coming) take(feed);
    else sweep(feed);
    sink.changed();
  }

  function onFreshness(feed: Feed): void {
    // It was opened just after its watch had told that it is in sync, and just before it said so.
    if (!feed.synced && feed.source.freshness.kind === 'live') complete(feed);
    // When all have heard: where the cluster is refused one namespace may take over just then.
    if (isRefused(feed)) queueMicrotask(() => giveUp(feed));
    sink.changed();
  }

  /** What is refused is given up: what was seen stands, and `fault` says of it. */
  function giveUp(feed: Feed): void {
    const { freshness } = feed.source;
    if (freshness.kind !== 'forbidden' || (feed !== coming && feed !== current)) return;
    refusal = freshness.fault;
    feed.close();
    if (feed === coming) coming = undefined;
    else current = undefined;
    sink.changed();
  }

  function fault(): Fault | undefined {
    if (refusal !== undefined) return refusal;
    const states = [coming, current].map((feed) => feed?.source.freshness);
    return states.find((state) => state?.kind === 'stale')?.fault;
  }

  function freshness(): Freshness {
    if (current !== undefined) return current.source.freshness;
    return refusal === undefined ? { kind: 'gone' } : { kind: 'forbidden', fault: refusal };
  }

  begin();
  return {
    get resource() {
      return current?.source.resource ?? resource;
    },
    get answered() {
      if (refusal !== undefined) return true;
      if (lacksWhole()) return false;
      return [coming, current].every((feed) => feed === undefined || hasAnswered(feed));
    },
    get fault() {
      return fault();
    },
    get wanted() {
      return needed;
    },
    get watching() {
      return current !== undefined || coming !== undefined;
    },
    get freshness() {
      return freshness();
    },
    needWhole() {
      if (needed) return;
      needed = true;
      // Not now: who asks may be in the middle of what this watch tells.
      queueMicrotask(beginWhole);
    },
    retry() {
      if (refusal === undefined) return;
      if (current === undefined) begin();
      else beginWhole();
    },
    close() {
      coming?.close();
      current?.close();
      coming = undefined;
      current = undefined;
    },
  };
}

const isRefused = ({ source }: Feed) => source.freshness.kind === 'forbidden';

function holdsAll({ freshness, size }: ObjectSource): boolean {
  if (freshness.kind === 'stale') return size > 0;
  return freshness.kind === 'live' || freshness.kind === 'reconnecting';
}

/** A list that fails for now has answered so. */
function hasAnswered({ source: { freshness }, synced }: Feed): boolean {
  return synced || freshness.kind === 'stale' || freshness.kind === 'gone';
}
