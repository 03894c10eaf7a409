import { timeAtX, xOfTime, type TimeSpan } from '../../../ui/time-axis/time-span.ts';

/** Where what stands in the canvas, pixels from its top left corner. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** Names stand left of it, time begins there. */
  readonly trackLeft: number;
  readonly trackRight: number;
  /** Lanes begin below the axis. */
  readonly lanesTop: number;
  readonly laneHeight: number;
}

const axisHeight = 24;
const laneHeight = 26;
/** So that a mark that happens now is seen whole. */
const edge = 14;

export function geometryOf(width: number, height: number): Geometry {
  const names = width < 600 ? 118 : Math.min(300, Math.max(200, Math.round(width * 0.2)));
  return {
    width,
    height,
    trackLeft: Math.min(names, width / 2),
    trackRight: Math.max(width / 2 + 1, width - edge),
    lanesTop: axisHeight,
    laneHeight,
  };
}

export function xOf(geometry: Geometry, span: TimeSpan, time: number): number {
  const { trackLeft, trackRight } = geometry;
  return trackLeft + xOfTime(span, trackRight - trackLeft, time);
}

export function timeAt(geometry: Geometry, span: TimeSpan, x: number): number {
  const { trackLeft, trackRight } = geometry;
  return timeAtX(span, trackRight - trackLeft, x - trackLeft);
}

export function msPerPixel({ trackLeft, trackRight }: Geometry, span: TimeSpan): number {
  return (span.to - span.from) / (trackRight - trackLeft);
}

/** The place of the lane at a height; it may be none of those there are. */
export function laneAt({ lanesTop, laneHeight }: Geometry, scroll: number, y: number): number {
  return y < lanesTop ? -1 : Math.floor((y - lanesTop + scroll) / laneHeight);
}

export function topOfLane(
  { lanesTop, laneHeight }: Geometry,
  scroll: number,
  place: number,
): number {
  return lanesTop + place * laneHeight - scroll;
}
