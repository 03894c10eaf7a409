import { gvrKey } from '@kindscope/kube';
import type { Coverage } from '@kindscope/protocol';
import { blindAmong, type Blind } from '../../../ui/blind-spans.ts';
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
  /** Bits of the classes that are shown. */
  readonly shown: number;
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
  readonly blind: (lane: Lane, known: Known) => readonly Blind[];
}

/** What is known of the time that is seen. */
export interface Known {
  readonly coverage: readonly Coverage[];
  /** The only one that is shown, if there is one. */
  readonly namespace: string | undefined;
  readonly span: TimeSpan;
  /** What is older is not held: milliseconds since the epoch. */
  readonly heldFrom: number;
}

export function createSceneMemory(store: MarkStore): SceneMemory {
  const { cells } = createCells(store);
  const conditions = new WeakMap<Lane, { of: string; spans: readonly ConditionSpan[] }>();
  const blind = new Map<string, readonly Blind[]>();
  let blindOf: Known | undefined;
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
    blind: (lane, known) => {
      if (blindOf === undefined || !isSame(blindOf, known)) blind.clear();
      blindOf = known;
      const { coverage, span, heldFrom } = known;
      const namespace = lane.namespace ?? known.namespace;
      const key = [namespace, ...lane.resources].join(' ');
      const before = blind.get(key);
      if (before !== undefined) return before;
      const items = coverage.filter((item) => lane.resources.has(gvrKey(item.resource)));
      const spans = onlyHeld(blindAmong(items, namespace, span), span, heldFrom);
      blind.set(key, spans);
      return spans;
    },
  };
}

function isSame(one: Known, other: Known): boolean {
  return (
    one.coverage === other.coverage && one.span === other.span && one.heldFrom === other.heldFrom
  );
}

/** Of what is older than what the page holds, nothing else is said. */
function onlyHeld(blind: readonly Blind[], span: TimeSpan, heldFrom: number): readonly Blind[] {
  if (heldFrom <= span.from) return blind;
  const to = Math.min(heldFrom, span.to);
  const held = blind.map((one) => ({ ...one, from: Math.max(one.from, to) }));
  return [{ from: span.from, to, reason: 'beyond' }, ...held.filter((one) => one.from < one.to)];
}
