import { gvrKey } from '@kindscope/kube';
import type { Change, Fault, Freshness, ResourceRef } from '@kindscope/protocol';
import type { ChangesSnapshot, Live } from '../../../live/index.ts';

export interface FeedScope {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
}

export interface LiveFeedDeps {
  readonly live: Pick<Live, 'changes' | 'now'>;
  readonly scope: FeedScope;
  /** Oldest first. */
  readonly onChanges: (changes: readonly Change[]) => void;
  /** What happened since then may not all have been heard, milliseconds. */
  readonly onHole: (since: number) => void;
  /** What is known before and what comes do not meet: all has to be asked for anew. */
  readonly onRestart: () => void;
  /** Freshness, or what is known of what was watched. */
  readonly onState: () => void;
}

/** Resources whose changes are not heard, and why. */
export interface Refusal {
  readonly resources: readonly ResourceRef[];
  readonly fault: Fault;
}

export interface LiveFeed {
  /** Listens to these, and to none but these, from now on. */
  readonly watch: (resources: readonly ResourceRef[]) => void;
  /** The worst of what is listened to and may be; undefined where that is nothing. */
  readonly freshness: Freshness | undefined;
  /** What the server will not let be watched. */
  readonly refused: readonly Refusal[];
  readonly close: () => void;
}

/** As many as one subscription takes. */
const mostTogether = 32;
/** Something that happened shortly before a silence may have been on its way, milliseconds. */
const margin = 5000;

interface Listener {
  readonly resources: readonly ResourceRef[];
  readonly snapshot: () => ChangesSnapshot;
  readonly close: () => void;
}

const badness: readonly Freshness['kind'][] = [
  'live',
  'gone',
  'forbidden',
  'syncing',
  'reconnecting',
  'stale',
];

/** What happens from now on, of many resources. Where one of them may not be watched, the others are all the same. */
export function createLiveFeed(deps: LiveFeedDeps): LiveFeed {
  const listeners = new Map<string, Listener>();
  /** Resources that are listened to one by one, since together the server will not have them. */
  const apart = new Set<string>();
  let wanted: readonly ResourceRef[] = [];

  const listen = (resources: readonly ResourceRef[]): Listener => {
    const { namespace, labelSelector } = deps.scope;
    const view = deps.live.changes({ resources, namespace, labelSelector });
    const take = follow(deps);
    const notice = (): void => {
      const snapshot = view.snapshot();
      if (snapshot.fault !== undefined && !snapshot.ready && resources.length > 1) {
        if (snapshot.freshness.kind === 'forbidden' || isOfOne(snapshot.fault.code)) {
          for (const one of resources) apart.add(gvrKey(one));
          arrange();
          return;
        }
      }
      take(snapshot);
      deps.onState();
    };
    const off = view.subscribe(notice);
    // Another part of the page may hold it already.
    if (view.snapshot().ready) notice();
    return { resources, snapshot: view.snapshot, close: off };
  };
  const arrange = (): void => {
    const groups = new Map(groupsOf(wanted, apart).map((group) => [keyOf(group), group]));
    // What goes on is opened before what ends is closed: nothing is unwatched between.
    const gone = [...listeners].filter(([key]) => !groups.has(key));
    for (const [key, group] of groups) if (!listeners.has(key)) listeners.set(key, listen(group));
    for (const [key, listener] of gone) {
      listener.close();
      listeners.delete(key);
    }
    deps.onState();
  };

  return {
    watch: (resources) => {
      const distinct = new Map(resources.map((ref) => [gvrKey(ref), ref]));
      wanted = [...distinct.values()].sort((a, b) => (gvrKey(a) < gvrKey(b) ? -1 : 1));
      arrange();
    },
    get freshness() {
      const all = [...listeners.values()].map(({ snapshot }) => snapshot());
      const heard = all.filter((snapshot) => !isRefused(snapshot));
      return (heard.length > 0 ? heard : all)
        .map(({ freshness }) => freshness)
        .toSorted((a, b) => badness.indexOf(b.kind) - badness.indexOf(a.kind))[0];
    },
    get refused() {
      return [...listeners.values()].flatMap(({ resources, snapshot }) => {
        const { fault } = snapshot();
        return fault !== undefined && isRefused(snapshot()) ? [{ resources, fault }] : [];
      });
    },
    close: () => {
      for (const { close } of listeners.values()) close();
      listeners.clear();
    },
  };
}

/** Of a view that was never answered, or whose resource may not be watched (any more). */
function isRefused({ fault, freshness, ready }: ChangesSnapshot): boolean {
  return fault !== undefined && (freshness.kind === 'forbidden' || !ready);
}

/** Faults that one resource of several may be to blame for. */
function isOfOne(code: string): boolean {
  return code === 'forbidden' || code === 'unknown-resource';
}

function groupsOf(resources: readonly ResourceRef[], apart: ReadonlySet<string>): ResourceRef[][] {
  const together = resources.filter((one) => !apart.has(gvrKey(one)));
  const groups = resources.filter((one) => apart.has(gvrKey(one))).map((one) => [one]);
  for (let from = 0; from < together.length; from += mostTogether) {
    groups.push(together.slice(from, from + mostTogether));
  }
  return groups;
}

function keyOf(resources: readonly ResourceRef[]): string {
  return resources.map(gvrKey).join(' ');
}

/** Takes what is new in each snapshot of a feed, and says where something may be missing. */
function follow(deps: LiveFeedDeps): (snapshot: ChangesSnapshot) => void {
  const begun = deps.live.now();
  let seen: string | undefined;
  let seenTime = begun;
  let ready = false;
  let lostAt: number | undefined;
  return ({ entries, freshness, dropped, ...snapshot }) => {
    if (!snapshot.ready) return;
    const until = entries.findIndex(({ key }) => key === seen);
    const news = (until < 0 ? entries : entries.slice(0, until)).toReversed();
    seen = entries[0]?.key ?? seen;
    if (!ready) deps.onHole(begun - margin);
    else if (until < 0 && dropped) deps.onHole(seenTime - margin);
    for (const entry of news) {
      if (entry.type === 'change' || !ready) continue;
      if (entry.gap.reason === 'restarted') deps.onRestart();
      else if (!entry.gap.filled) deps.onHole(Date.parse(entry.gap.from) - margin);
    }
    ready = true;
    const isLive = freshness.kind === 'live';
    if (!isLive) lostAt ??= deps.live.now();
    else if (lostAt !== undefined) {
      deps.onHole(lostAt - margin);
      lostAt = undefined;
    }
    const changes = news.flatMap((entry) => (entry.type === 'change' ? [entry.change] : []));
    const newest = changes.at(-1);
    if (newest !== undefined) seenTime = Date.parse(newest.time);
    if (changes.length > 0) deps.onChanges(changes);
  };
}
