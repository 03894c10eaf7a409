import type { RolloutEvent, RolloutMark, RolloutNode } from '@kindscope/protocol';
import { blindSpans } from '../../../ui/blind-spans.ts';
import type { RolloutRow } from '../rows/rollout-rows.ts';
import { coverageKey, type CoverageByKind } from '../use-coverage.ts';
import { groupLane } from './group-lane.ts';
import type { Life } from './lane-bars.ts';
import type { LaneContent } from './lane-hit.ts';
import { laneEvents, laneMarks } from './lane-marks.ts';

/** All that lanes draw, and what it is of. */
export interface LaneSources {
  readonly marks: ReadonlyMap<string, readonly RolloutMark[]>;
  /** By the node they are about. */
  readonly events: ReadonlyMap<string, readonly RolloutEvent[]>;
  /** Undefined: not known yet. */
  readonly coverage: CoverageByKind | undefined;
}

export interface Lane extends LaneContent, Life {}

export interface LaneReader {
  readonly laneOf: (row: RolloutRow, sources: LaneSources, msPerPixel: number) => Lane;
  /** Forgets the lanes of all rows but these. */
  readonly keepOnly: (rows: readonly RolloutRow[]) => void;
}

interface Kept {
  readonly of: readonly unknown[];
  readonly lane: Lane;
}

/** Lanes by their rows, each laid out anew only when something of it differs. */
export function createLaneReader(): LaneReader {
  const kept = new Map<string, Kept>();
  return {
    laneOf: (row, sources, msPerPixel) => {
      const of = partsOf(row, sources, msPerPixel);
      const before = kept.get(row.key);
      if (before !== undefined && isSame(before.of, of)) return before.lane;
      const lane = laneOf(row, sources, msPerPixel);
      kept.set(row.key, { of, lane });
      return lane;
    },
    keepOnly: (rows) => {
      const keys = new Set(rows.map(({ key }) => key));
      for (const key of kept.keys()) if (!keys.has(key)) kept.delete(key);
    },
  };
}

/** What a lane is made of. */
function partsOf(row: RolloutRow, sources: LaneSources, msPerPixel: number): unknown[] {
  const { marks, events, coverage } = sources;
  if (row.kind === 'group') return [row.nodes, marks, coverage, msPerPixel];
  const { node } = row;
  return [node, marks.get(node.uid), coverage, msPerPixel, ...(events.get(node.uid) ?? [])];
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}

function laneOf(row: RolloutRow, sources: LaneSources, msPerPixel: number): Lane {
  const life = row.kind === 'group' ? groupLane(row.nodes) : row.node;
  const [first] = row.kind === 'group' ? row.nodes : [row.node];
  return {
    created: life.created,
    ...(life.deleted === undefined ? {} : { deleted: life.deleted }),
    bars: life.bars,
    marks: laneMarks(life, marksOf(row, sources), msPerPixel),
    events: row.kind === 'group' ? [] : laneEvents(sources.events.get(row.key) ?? [], msPerPixel),
    blind: first === undefined ? [] : blindOf(first, life, sources.coverage),
  };
}

function marksOf(row: RolloutRow, { marks }: LaneSources): readonly RolloutMark[] {
  if (row.kind === 'node') return marks.get(row.key) ?? [];
  // Of many, what each of them does all the time says nothing.
  return row.nodes.flatMap(({ uid }) => marks.get(uid)?.filter(isTelling) ?? []);
}

function isTelling({ classes }: RolloutMark): boolean {
  return classes.some((name) => name !== 'status' && name !== 'heartbeat' && name !== 'metadata');
}

function blindOf(
  { resource }: RolloutNode,
  { created, deleted, bars: [first] }: Life,
  coverage: CoverageByKind | undefined,
): LaneContent['blind'] {
  if (coverage === undefined) return [];
  const items = coverage.get(coverageKey(resource)) ?? [];
  const blind = blindSpans(items, { from: created, to: deleted ?? Number.POSITIVE_INFINITY });
  if (first === undefined) return blind;
  // Watching has begun by the first bar, also where the coverage was asked for before it.
  return blind
    .map((one) => (one.reason === 'before' ? { ...one, to: Math.min(one.to, first.from) } : one))
    .filter(({ from, to }) => from < to);
}
