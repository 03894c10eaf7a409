import { memo, useId, useRef, type ReactNode } from 'react';
import { blindWords, type Blind } from '../blind-spans.ts';
import { counted } from '../number.ts';
import { TimeAxis } from '../time-axis/time-axis.tsx';
import { xOfTime, type TimeSpan } from '../time-axis/time-span.ts';
import { clockTime } from '../time.ts';
import { useElementWidth } from '../use-element-width.ts';
import { barPaths } from './density-bars.ts';
import { barOrder, changesIn, type DensityCounts } from './density-counts.ts';
import styles from './density-strip.module.css';

const height = 48;
/** Words in less room than this would not be read, pixels. */
const wordRoom = 84;

/** How many changes of each class there were over a time, and a part of it that may be chosen. */
export function DensityStrip(props: {
  /** Undefined while nothing is known yet. */
  readonly counts: DensityCounts | undefined;
  readonly span: TimeSpan;
  readonly blind: readonly Blind[];
  readonly live: boolean;
  /** A {@link Brush} around the bars, so many pixels wide: it alone knows what is chosen, which may move with each frame. */
  readonly renderBrush: (width: number, bars: ReactNode) => ReactNode;
}) {
  const { counts, span, blind, live } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  return (
    <div className={styles.strip} ref={frame}>
      <div className={styles.bars} style={{ height }}>
        {props.renderBrush(width, <Bars counts={counts} span={span} blind={blind} width={width} />)}
      </div>
      <TimeAxis span={span} width={width} live={live} />
    </div>
  );
}

/** The pattern says it to those who see it. */
function blindText({ from, to, reason }: Blind): string {
  const time = (at: number): string => clockTime(new Date(at).toISOString());
  return `${blindWords[reason]} ${time(from)} – ${time(to)}`;
}

/** Apart, since what is chosen moves with the pointer and these do not. */
const Bars = memo(function Bars(props: {
  readonly counts: DensityCounts | undefined;
  readonly span: TimeSpan;
  readonly blind: readonly Blind[];
  readonly width: number;
}) {
  const { counts, span, blind, width } = props;
  const hatch = useId();
  const total = counts === undefined ? 0 : changesIn(counts, span);
  const paths = counts === undefined ? [] : barPaths(counts, { span, width, height });
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={[`${counted(total, 'change')} over time`, ...blind.map(blindText)].join('; ')}
    >
      <defs>
        <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse">
          <path d="M-1 8 8-1M-1 1 1-1M6 8 8 6" className={styles.line} />
        </pattern>
      </defs>
      {blind.map(({ from, to, reason }) => {
        const x = xOfTime(span, width, from);
        const wide = xOfTime(span, width, to) - x;
        return (
          <g key={from}>
            <title>{blindWords[reason]}</title>
            <rect x={x} width={Math.max(1, wide)} height={height} fill={`url(#${hatch})`} />
            {wide >= wordRoom && (
              <text x={x + 6} y={13} className={styles.word}>
                {blindWords[reason]}
              </text>
            )}
          </g>
        );
      })}
      {paths.map((path, index) => (
        <path key={barOrder[index]} d={path} className={styles[barOrder[index] ?? 'status']} />
      ))}
    </svg>
  );
});
