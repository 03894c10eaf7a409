import type { Change } from '@kindscope/protocol';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { ChangeEntry } from './change-entry.tsx';
import { sameItem, unfolded, type FeedItem } from './feed-items.ts';
import { FoldEntry } from './fold-entry.tsx';
import { GapLine } from './gap-line.tsx';
import styles from './feed.module.css';

export interface FeedProps {
  readonly label: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
  /** The name of a change's object, as a link where there is somewhere to go. Another function draws all lines anew. */
  readonly renderTitle: (change: Change) => ReactNode;
  /** How a change moved its object relative to the selector. */
  readonly effect?: ((change: Change) => string | undefined) | undefined;
  /** Stands above the first entry, and what stands below the last. */
  readonly children?: ReactNode;
}

/** Keys that move the list down from its top. */
const scrollKeys = new Set(['ArrowDown', 'PageDown', 'End', ' ']);

const estimates: Record<FeedItem['kind'], number> = { change: 78, fold: 35, gap: 35 };

/**
 * Changes, newest on top. Only what is in sight is in the page. What is under the pointer, or
 * scrolled to, stays where it is while newer entries come above it.
 */
export function Feed({ label, items: folded, renderTitle, effect, children }: FeedProps) {
  const [open, toggle] = useOpenFolds();
  const items = useMemo(() => unfolded(folded, open), [folded, open]);
  const scroller = useRef<HTMLDivElement>(null);
  const [under, setUnder] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  // There is no React Compiler here to memoise what the virtualizer returns.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimates[items[index]?.kind ?? 'change'],
    getItemKey: (index) => items[index]?.key ?? index,
    // Far enough that a page down never shows an empty place, and that search in the page finds the recent ones.
    overscan: 30,
    // Holding on to the entry at the scroll position is what the library calls an anchor at the end.
    anchorTo: under || scrolled ? 'end' : 'start',
  });
  const leave = (): void => {
    setUnder(false);
    // Only the hold has moved it: the newest come back into sight.
    if (!scrolled) scroller.current?.scrollTo({ top: 0 });
  };
  return (
    // It scrolls, so that the keyboard must reach it; the listeners only watch.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions
    <div
      ref={scroller}
      className={styles.scroller}
      // A feed without an article is none.
      role={items.some((item) => item.kind !== 'gap') ? 'feed' : undefined}
      aria-label={label}
      aria-busy="false"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerEnter={() => setUnder(true)}
      onPointerLeave={leave}
      onWheel={(event) => setScrolled(event.currentTarget.scrollTop > 0 || event.deltaY > 0)}
      onTouchMove={() => setScrolled(true)}
      onKeyDown={(event) => {
        if (scrollKeys.has(event.key)) setScrolled(true);
      }}
      onScroll={(event) => {
        if (event.currentTarget.scrollTop <= 0) setScrolled(false);
        else if (!under) setScrolled(true);
      }}
    >
      <div className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((place) => {
          const item = items[place.index];
          return (
            item !== undefined && (
              <div
                key={place.key}
                ref={virtualizer.measureElement}
                data-index={place.index}
                className={styles.place}
                style={{ transform: `translateY(${place.start}px)` }}
              >
                <FeedLine
                  item={item}
                  open={open.has(item.key)}
                  onToggle={toggle}
                  renderTitle={renderTitle}
                  effect={effect}
                />
              </div>
            )
          );
        })}
      </div>
      {children}
    </div>
  );
}

/** The folds that are unfolded, by their keys. */
function useOpenFolds(): readonly [ReadonlySet<string>, (key: string) => void] {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) => setOpen((keys) => keys.symmetricDifference(new Set([key]))),
    [],
  );
  return [open, toggle];
}

interface FeedLineProps extends Pick<FeedProps, 'renderTitle' | 'effect'> {
  readonly item: FeedItem;
  /** Whether it is a fold that is unfolded. */
  readonly open: boolean;
  readonly onToggle: (key: string) => void;
}

const FeedLine = memo(
  function FeedLine({ item, open, onToggle, renderTitle, effect }: FeedLineProps) {
    switch (item.kind) {
      case 'gap':
        return <GapLine gap={item.gap} />;
      case 'fold':
        return (
          <FoldEntry
            fold={item.fold}
            open={open}
            onToggle={() => onToggle(item.key)}
            title={renderTitle(item.fold.last)}
          />
        );
      case 'change':
        return (
          <ChangeEntry
            change={item.change}
            effect={effect?.(item.change)}
            title={renderTitle(item.change)}
          />
        );
    }
  },
  (a, b) =>
    a.renderTitle === b.renderTitle &&
    a.effect === b.effect &&
    a.open === b.open &&
    sameItem(a.item, b.item),
);
