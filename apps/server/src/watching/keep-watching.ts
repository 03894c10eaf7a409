import type { Clock, Log } from '@kindscope/informer';
import { gvrKey } from '@kindscope/kube';
import type { Freshness, ResourceRef } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { Lease } from '../catalog/object-source.ts';
import { failure, success, type Result } from '../result.ts';
import type { PinStore } from './pin-store.ts';

/** More pins than this are refused: each is a watch of its own. */
const mostPins = 64;
/** How long until it is tried again to open what the cluster does not serve, milliseconds. */
const retryMs = 5000;

export interface KeepWatchingDeps {
  readonly catalog: Pick<Catalog, 'open' | 'find'>;
  /** Of `--watch`. */
  readonly flags: readonly ResourceRef[];
  readonly pins: PinStore;
  readonly clock: Clock;
  readonly log: Log;
}

export interface KeptWatch {
  readonly resource: ResourceRef;
  readonly by: 'flag' | 'pin';
  /** `gone`: the cluster does not serve it. */
  readonly freshness: Freshness;
}

/** What is watched whether or not anybody looks, so that there is a past when somebody does. */
export interface KeepWatching {
  list(): readonly KeptWatch[];
  /** Faults: those of `Catalog.open`, `too-many-pins`. Pinned already: nothing happens. */
  pin(resource: ResourceRef): Result<undefined>;
  /** Fault: `kept-by-flag`. Not pinned: nothing happens. */
  unpin(resource: ResourceRef): Result<undefined>;
  stop(): void;
}

interface Kept {
  readonly resource: ResourceRef;
  readonly by: 'flag' | 'pin';
  lease: Lease | undefined;
  cancelRetry: () => void;
}

/** Starts at once with the flags and the pins that are stored. */
export function createKeepWatching(deps: KeepWatchingDeps): KeepWatching {
  const { catalog, clock, log } = deps;
  const kept = new Map<string, Kept>();

  /** What is not served may be some day: a CRD that is not installed yet. */
  function open(entry: Kept): Result<Lease> {
    const opened = catalog.open(entry.resource);
    if (opened.ok) entry.lease = opened.value;
    else entry.cancelRetry = clock.after(retryMs, () => void open(entry));
    return opened;
  }

  function keep(resource: ResourceRef, by: 'flag' | 'pin'): Result<Lease> {
    const entry: Kept = { resource, by, lease: undefined, cancelRetry() {} };
    const opened = open(entry);
    kept.set(gvrKey(resource), entry);
    return opened;
  }

  function release(entry: Kept): void {
    kept.delete(gvrKey(entry.resource));
    entry.cancelRetry();
    entry.lease?.release();
  }

  function warn(error: Error | undefined): void {
    if (error !== undefined) log.error({ err: error }, 'the file of pins cannot be used');
  }

  for (const resource of deps.flags) if (!kept.has(gvrKey(resource))) keep(resource, 'flag');
  const stored = deps.pins.load();
  warn(stored.error);
  for (const resource of stored.pins) {
    if (!kept.has(gvrKey(resource)) && kept.size < mostPins) keep(resource, 'pin');
  }

  return {
    list: () =>
      [...kept.values()].map(({ resource, by, lease }) => ({
        resource,
        by,
        freshness: lease?.source.freshness ?? { kind: 'gone' },
      })),
    pin(resource) {
      if (kept.has(gvrKey(resource))) return success(undefined);
      if (kept.size >= mostPins) return failure(tooManyPins);
      const opened = keep(resource, 'pin');
      const entry = kept.get(gvrKey(resource));
      if (!opened.ok && entry !== undefined) {
        release(entry);
        return opened;
      }
      warn(deps.pins.add(resource));
      return success(undefined);
    },
    unpin(resource) {
      const entry = kept.get(gvrKey(resource));
      if (entry === undefined) return success(undefined);
      if (entry.by === 'flag') return failure(keptByFlag(resource));
      release(entry);
      warn(deps.pins.remove(resource));
      return success(undefined);
    },
    stop() {
      for (const entry of kept.values()) release(entry);
    },
  };
}

const tooManyPins = {
  code: 'too-many-pins',
  detail: `Kindscope keeps watching ${mostPins} resources already.`,
  remedy: 'Unpin one of them first.',
};

function keptByFlag({ resource }: ResourceRef) {
  return {
    code: 'kept-by-flag',
    detail: `Kindscope was started with --watch for ${resource}: that cannot be undone from here.`,
    remedy: 'Start it without that flag.',
  };
}
