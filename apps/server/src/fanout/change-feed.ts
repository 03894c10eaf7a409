import { gvrKey } from '@kindscope/kube';
import type { ChangeClass, Freshness, ResourceRef } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { mergeFreshness } from '../catalog/freshness.ts';
import type { Lease } from '../catalog/object-source.ts';
import { success, type Result } from '../result.ts';
import {
  effectOf,
  resourceKeys,
  scopeTest,
  withEffect,
  type Effect,
} from '../timeline/change-filter.ts';
import type { Appended, ChangeLog, GapEntry, LogEntry } from '../timeline/change-log.ts';
import { classSet } from '../timeline/class-set.ts';
import { readSelection, type Selection } from './selection.ts';

/** Which changes are asked for, as over WebSocket so over SSE. */
export interface FeedQuery {
  readonly resources: readonly ResourceRef[];
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Only changes that are of one of these. */
  readonly classes?: readonly ChangeClass[] | undefined;
}

export type FeedItem =
  /** `json`: the protocol's Change, with its effect. */
  | { readonly kind: 'change'; readonly id: number; readonly time: number; readonly json: string }
  | GapEntry;

export interface PastItems {
  /** Oldest first. */
  readonly items: readonly FeedItem[];
  /** Nothing that was asked for is missing: neither dropped by the log, nor left out for the limit. */
  readonly complete: boolean;
}

interface FeedListener {
  onItems(items: readonly FeedItem[]): void;
  onFreshness(): void;
}

/** The changes a viewer asked for: those the log has, and those to come. While it is open the resources are watched. */
export interface ChangeFeed {
  readonly freshness: Freshness;
  /** The newest, after `after` if it is given. */
  past(options: { readonly limit: number; readonly after?: number | undefined }): PastItems;
  /** The greatest id logged so far, of whatever resource. */
  readonly lastId: number;
  listen(listener: FeedListener): () => void;
  close(): void;
}

export interface ChangeFeedDeps {
  readonly catalog: Pick<Catalog, 'open'>;
  readonly changes: ChangeLog;
}

/** The same for queries that ask for the same changes. */
export function feedIdentity(query: FeedQuery, selection: Selection): string {
  const resources = query.resources.map(gvrKey).sort();
  return JSON.stringify([
    [...new Set(resources)],
    query.namespace ?? null,
    query.name ?? null,
    query.classes === undefined ? null : classSet(query.classes),
    selection.identity,
  ]);
}

function openAll(catalog: Pick<Catalog, 'open'>, query: FeedQuery): Result<readonly Lease[]> {
  const leases: Lease[] = [];
  const distinct = new Map(query.resources.map((ref) => [gvrKey(ref), ref]));
  for (const ref of distinct.values()) {
    const opened = catalog.open(ref, query.namespace);
    if (!opened.ok) {
      for (const lease of leases) lease.release();
      return opened;
    }
    leases.push(opened.value);
  }
  return success(leases);
}

function itemOf(entry: LogEntry, effect: Effect | undefined): FeedItem | undefined {
  if (entry.kind === 'gap') return entry;
  if (effect === undefined) return undefined;
  const { id, time, json } = entry;
  return { kind: 'change', id, time, json: withEffect(json, effect) };
}

/** By the objects themselves: a field selector needs them. */
function liveEffect(selection: Selection, { before, after }: Appended): Effect | undefined {
  return effectOf(
    before === undefined ? undefined : selection.matches(before),
    after === undefined ? undefined : selection.matches(after),
  );
}

/** By what the log keeps of them: labels, namespace and name. */
function pastEffect(selection: Selection, entry: LogEntry): Effect | undefined {
  if (entry.kind === 'gap' || selection.matchesLogged === undefined) return undefined;
  const { before, after } = entry.labels;
  const { matchesLogged } = selection;
  return effectOf(
    before === undefined ? undefined : matchesLogged(entry.object, before),
    after === undefined ? undefined : matchesLogged(entry.object, after),
  );
}

/** Faults: `bad-selector`, and those of the catalogue for any of the resources. */
export function openChangeFeed(
  deps: ChangeFeedDeps,
  query: FeedQuery,
  selection: Selection,
): Result<ChangeFeed> {
  const opened = openAll(deps.catalog, query);
  if (!opened.ok) return opened;
  const { changes } = deps;
  const leases = opened.value;
  const keys = resourceKeys(query.resources);
  const scope = {
    namespace: query.namespace,
    name: query.name,
    classes: query.classes === undefined ? undefined : classSet(query.classes),
  };
  const isInScope = scopeTest(scope);
  const offs: (() => void)[] = [];

  function liveItem(appended: Appended): FeedItem | undefined {
    const { entry } = appended;
    if (keys?.has(entry.resource) === false || !isInScope(entry)) return undefined;
    return itemOf(entry, liveEffect(selection, appended));
  }

  /** Walks back through the log a page at a time: the selector decides how many pages that takes. */
  function* backwards(after: number | undefined): Generator<FeedItem> {
    const page = 500;
    let before: number | undefined;
    for (;;) {
      const query_ = { ...scope, resources: query.resources, before, after, limit: page };
      const entries = changes.entries(query_);
      for (const entry of entries) {
        const item = itemOf(entry, pastEffect(selection, entry));
        if (item !== undefined) yield item;
      }
      before = entries.at(-1)?.id;
      if (entries.length < page) return;
    }
  }

  function past({ limit, after }: { limit: number; after?: number | undefined }): PastItems {
    const found: FeedItem[] = [];
    let counted = 0;
    let whole = true;
    for (const item of backwards(after)) {
      if (counted === limit) {
        whole = false;
        break;
      }
      found.push(item);
      if (item.kind === 'change') counted += 1;
    }
    const lost = changes.lostThrough(query.resources) > (after ?? 0);
    const complete = whole && !lost && selection.matchesLogged !== undefined;
    return { items: found.reverse(), complete };
  }

  return success({
    get freshness() {
      return mergeFreshness(leases.map(({ source }) => source.freshness));
    },
    past,
    get lastId() {
      return changes.lastId;
    },
    listen(listener) {
      const stop = [
        changes.onChange((appended) => {
          const items = appended.map(liveItem).filter((item) => item !== undefined);
          if (items.length > 0) listener.onItems(items);
        }),
        ...leases.map(({ source }) =>
          source.subscribe({ onEvent() {}, onFreshness: () => listener.onFreshness() }),
        ),
      ];
      offs.push(...stop);
      return () => {
        for (const off of stop) off();
      };
    },
    close() {
      for (const off of offs) off();
      for (const lease of leases) lease.release();
    },
  });
}

/** Reads the selectors and opens the feed. Faults as {@link openChangeFeed}. */
export function readChangeFeed(deps: ChangeFeedDeps, query: FeedQuery): Result<ChangeFeed> {
  const selection = readSelection(query);
  return selection.ok ? openChangeFeed(deps, query, selection.value) : selection;
}
