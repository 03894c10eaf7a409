import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { classes } from '../classes.ts';
import { counted } from '../number.ts';
import type { YamlRow } from './yaml-rows.ts';
import { YamlTokens } from './yaml-tokens.tsx';
import styles from './yaml.module.css';

export interface YamlViewProps {
  readonly label: string;
  readonly rows: readonly YamlRow[];
  /** Who owns the field at a path: a word for the gutter, and all of it for a tooltip. */
  readonly owner: (path: string) => { readonly name: string; readonly title: string } | undefined;
  /** Whether the first line that is marked is brought into sight whenever the lines are others. */
  readonly toMarks?: boolean;
  /** Shows what is folded. */
  readonly onUnfold: () => void;
}

/** YAML with line numbers, marks and who owns what. Only the lines in sight are in the page. */
export function YamlView({ label, rows, owner, toMarks = false, onUnfold }: YamlViewProps) {
  const scroller = useRef<HTMLElement>(null);
  // There is no React Compiler here to memoise what the virtualizer returns.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 16,
  });
  const firstMark = toMarks ? rows.findIndex(isMarked) : -1;
  useEffect(() => {
    if (firstMark >= 0) virtualizer.scrollToIndex(firstMark, { align: 'center' });
    // The virtualizer is the same one all along, and another object each time.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [firstMark, rows]);
  const items = virtualizer.getVirtualItems();
  return (
    // A region that scrolls has to be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={scroller} className={styles.scroller} aria-label={label} tabIndex={0}>
      <div className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item, place) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const name = ownerOf(row, owner);
          const above = place === 0 ? undefined : ownerOf(rows[item.index - 1], owner);
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={classes(
                styles.line,
                row.kind === 'removed' && styles.removed,
                row.kind === 'line' && row.touched && styles.touched,
              )}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <span className={styles.owner} title={name?.title}>
                {name?.name === above?.name ? '' : name?.name}
              </span>
              <Sign row={row} />
              <LineText row={row} onUnfold={onUnfold} />
            </div>
          );
        })}
      </div>
    </section>
  );
}

function isMarked(row: YamlRow): boolean {
  return row.kind === 'removed' || (row.kind === 'line' && row.touched);
}

function ownerOf(row: YamlRow | undefined, owner: YamlViewProps['owner']) {
  return row?.kind === 'line' ? owner(row.line.path) : undefined;
}

function Sign({ row }: { readonly row: YamlRow }) {
  if (row.kind === 'removed') return <Number>−</Number>;
  if (row.kind === 'line' && row.touched) return <Number>+</Number>;
  return <Number>{row.kind === 'line' ? row.number : ''}</Number>;
}

function Number({ children }: { readonly children: string | number }) {
  return (
    <span className={styles.number} aria-hidden="true">
      {children}
    </span>
  );
}

function LineText({ row, onUnfold }: { readonly row: YamlRow; readonly onUnfold: () => void }) {
  if (row.kind !== 'fold') {
    const Text = row.kind === 'removed' ? 'del' : row.touched ? 'ins' : 'span';
    return (
      <Text className={styles.text}>
        <YamlTokens line={row.line} />
      </Text>
    );
  }
  return (
    <span className={styles.text}>
      {' '.repeat(row.indent)}
      <span className={styles.key}>managedFields</span>:{' '}
      <button type="button" className={styles.fold} onClick={onUnfold}>
        {counted(row.lines, 'line')}
      </button>
    </span>
  );
}
