import styles from './sparkline.module.css';

const bars = 30;
const step = 3;
const height = 18;
/** What fills the height at least, so that a quiet hour does not look like a busy one. */
const smallestTop = 12;

/** How many in each stretch of a time that ends now, as bars; nothing is a dot. */
export function Sparkline(props: {
  /** Oldest first. */
  readonly counts: readonly number[];
  readonly label: string;
}) {
  const folded = fold(props.counts, bars);
  const top = Math.max(smallestTop, ...folded);
  const y = (count: number) =>
    count === 0 ? 0.8 : Math.max(2, Math.sqrt(count / top) * (height - 2));
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${bars * step} ${height}`}
      width={bars * step}
      height={height}
      role="img"
      aria-label={props.label}
    >
      <path
        d={folded
          .map((count, index) => {
            const tall = y(count);
            return `M${index * step} ${height - 1 - tall}h2v${tall}h-2z`;
          })
          .join('')}
      />
    </svg>
  );
}

/** Sums neighbours until there are `length` counts. */
export function fold(counts: readonly number[], length: number): number[] {
  const folded = Array.from({ length }, () => 0);
  counts.forEach((count, index) => {
    const at = Math.min(length - 1, Math.floor((index / counts.length) * length));
    folded[at] = (folded[at] ?? 0) + count;
  });
  return folded;
}
