import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { classes } from '../classes.ts';
import type { YamlRow } from './yaml-rows.ts';
import styles from './yaml.module.css';
import { YamlTokens } from './yaml-tokens.tsx';

export interface YamlViewProps {
  readonly label: string;
  readonly rows: readonly YamlRow[];
  /** Who owns the field at a path: a word for the gutter, and all of it for a tooltip. */
  readonly owner: (path: string) => { readonly name: string; readonly title: string } | undefined;
  /** Shows what is folded. */
  readonly onUnfold: () => void;
}

/** YAML with line numbers, marks and who owns what. Only the lines in sight are in the page. */
export function YamlView({ label, rows, owner, onUnfold }: YamlViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 16,
  });
  const items = virtualizer.getVirtualItems();
  return (
    // A region that scrolls has to be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
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
    </div>
  );
}

function ownerOf(row: YamlRow | undefined, owner: YamlViewProps['owner']) {
  return row?.kind === 'line' ? owner(row.line.path) : undefined;
}

function Sign({ row }: { readonly row: YamlRow }) {
  if (row.kind === 'removed') return <Mark name="before the last change">−</Mark>;
  if (row.kind === 'line' && row.touched) return <Mark name="by the last change">+</Mark>;
  return <span className={styles.number}>{row.kind === 'line' ? row.number : ''}</span>;
}

function Mark(props: { readonly name: string; readonly children: string }) {
  return (
    <span className={styles.number} role="img" aria-label={props.name}>
      {props.children}
    </span>
  );
}

function LineText({ row, onUnfold }: { readonly row: YamlRow; readonly onUnfold: () => void }) {
  if (row.kind !== 'fold') {
    return (
      <span className={styles.text} data-indent={row.line.indent}>
        <YamlTokens line={row.line} />
      </span>
    );
  }
  return (
    <span className={styles.text}>
      {' '.repeat(row.indent)}
      <span className={styles.key}>managedFields</span>:{' '}
      <button type="button" className={styles.fold} onClick={onUnfold}>
        {row.lines.toLocaleString('en')} lines
      </button>
    </span>
  );
}
