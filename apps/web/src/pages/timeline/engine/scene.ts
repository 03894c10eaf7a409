import { gvrKey } from '@kindscope/kube';
import type { Coverage } from '@kindscope/protocol';
import { blindSpans, type Blind } from '../../../ui/blind-spans.ts';
import type { TimeSpan } from '../../../ui/time-axis/time-span.ts';
import { conditionSpans, type ConditionSpan } from './condition-spans.ts';
import type { Geometry } from './geometry.ts';
import { createCells, type Cells } from './lane-cells.ts';
import type { Lane, Lanes } from './lanes.ts';
import type { MarkStore } from './mark-store.ts';
import type { ViewState } from './view-state.ts';

/** All that a picture is drawn from, and that a place in it is looked up in. */
export interface Scene {
  readonly store: MarkStore;
  readonly lanes: Lanes;
  readonly view: ViewState;
  readonly geometry: Geometry;
  readonly cells: (lane: Lane, cellMs: number) => Cells;
  /** Of object lanes. */
  readonly conditions: (lane: Lane) => readonly ConditionSpan[];
  /** When nothing was known of what is in a lane. */
  readonly blind: (lane: Lane) => readonly Blind[];
  /** The right edge is now, and what happens is heard at once. */
  readonly live: boolean;
  /** Rows; -1 for none. */
  readonly focus: number;
  readonly hover: number;
  readonly open: number;
  /** The place of the lane under the pointer; -1 for none. */
  readonly hoverLane: number;
}

/** What is worked out once and kept for as long as it holds. */
export interface SceneMemory {
  readonly cells: (lane: Lane, cellMs: number, shown: number) => Cells;
  readonly conditions: (lane: Lane) => readonly ConditionSpan[];
  readonly blind: (
    lane: Lane,
    coverage: readonly Coverage[],
    span: TimeSpan,
    heldFrom: number,
  ) => readonly Blind[];
}

export function createSceneMemory(store: MarkStore): SceneMemory {
  const { cells } = createCells(store);
  const conditions = new WeakMap<Lane, { of: string; spans: readonly ConditionSpan[] }>();
  const blind = new Map<string, readonly Blind[]>();
  let blindOf: readonly unknown[] = [];
  return {
    cells: (lane, cellMs, shown) => cells(lane.rows, cellMs, shown),
    conditions: (lane) => {
      const of = `${lane.rows.length} ${lane.rows.rewrites}`;
      const known = conditions.get(lane);
      if (known?.of === of) return known.spans;
      const spans = conditionSpans(store, lane.rows);
      conditions.set(lane, { of, spans });
      return spans;
    },
    blind: (lane, coverage, span, heldFrom) => {
      const of = [coverage, span, heldFrom];
      if (of.some((one, index) => one !== blindOf[index])) blind.clear();
      blindOf = of;
      const key = [...lane.resources].join(' ');
      const known = blind.get(key);
      if (known !== undefined) return known;
      const items = coverage.filter((item) => lane.resources.has(gvrKey(item.resource)));
      const spans = onlyHeld(blindSpans(items, span), span, heldFrom);
      blind.set(key, spans);
      return spans;
    },
  };
}

/** Of what is older than what the page holds, nothing else is said. */
function onlyHeld(blind: readonly Blind[], span: TimeSpan, heldFrom: number): readonly Blind[] {
  if (heldFrom <= span.from) return blind;
  const to = Math.min(heldFrom, span.to);
  const held = blind.map((one) => ({ ...one, from: Math.max(one.from, to) }));
  return [{ from: span.from, to, reason: 'beyond' }, ...held.filter((one) => one.from < one.to)];
}
