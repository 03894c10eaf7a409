import type { Change } from '@kindscope/protocol';
import { foldOf, goesOn, isWorthFolding, type Fold } from './feed-fold.ts';

/** Changes between two times that the feed does not have, or got later from the log. */
export interface FeedGap {
  readonly from: string;
  readonly to: string;
  readonly count?: number;
  readonly reason: 'slow' | 'unwatched' | 'restarted';
  readonly filled: boolean;
}

/** What came; `key` is unique in the feed and stays with the entry. */
export type FeedEntry =
  | { readonly type: 'change'; readonly key: string; readonly change: Change }
  | { readonly type: 'gap'; readonly key: string; readonly gap: FeedGap };

/** One line of the feed. `key` stays the same while newer entries come above it. */
export type FeedItem =
  | { readonly kind: 'change'; readonly key: string; readonly change: Change }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: FeedGap }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly fold: Fold;
      /** What is folded, newest first. */
      readonly items: readonly FeedItem[];
    };

type ChangeItem = Extract<FeedItem, { kind: 'change' }>;

/**
 * The feed's lines, newest first, from its entries, newest first: heartbeats that follow each
 * other, and changes of the same fields of the same object that do, become one line.
 */
export function feedItems(entries: readonly FeedEntry[]): FeedItem[] {
  const items: FeedItem[] = [];
  let run: ChangeItem[] = [];
  const closeRun = (): void => {
    items.push(...itemsOf(run));
    run = [];
  };
  // Oldest first, so that the key of a fold is that of its oldest.
  for (const entry of entries.toReversed()) {
    if (entry.type === 'gap') {
      closeRun();
      items.push({ kind: 'gap', key: entry.key, gap: entry.gap });
      continue;
    }
    const last = run.at(-1);
    if (last !== undefined && !goesOn(last.change, entry.change)) closeRun();
    run.push({ kind: 'change', key: entry.key, change: entry.change });
  }
  closeRun();
  return items.toReversed();
}

/** A run, oldest first, as one line or as it is. */
function itemsOf(run: readonly ChangeItem[]): readonly FeedItem[] {
  const changes = run.map(({ change }) => change);
  const [oldest] = run;
  if (oldest === undefined || !isWorthFolding(changes)) return run;
  const items = run.toReversed();
  return [{ kind: 'fold', key: `fold-${oldest.key}`, fold: foldOf(changes), items }];
}

/** With what is folded below the line that stands for it, where it is unfolded. */
export function unfolded(items: readonly FeedItem[], keys: ReadonlySet<string>): FeedItem[] {
  return items.flatMap((item) =>
    item.kind === 'fold' && keys.has(item.key) ? [item, ...item.items] : [item],
  );
}

/** Whether two items say the same: they are made anew with every entry that comes. */
export function sameItem(a: FeedItem, b: FeedItem): boolean {
  if (a.key !== b.key) return false;
  if (a.kind === 'fold') return b.kind === 'fold' && a.fold.last === b.fold.last;
  if (a.kind === 'gap') return b.kind === 'gap' && a.gap === b.gap;
  return b.kind === 'change' && a.change === b.change;
}
