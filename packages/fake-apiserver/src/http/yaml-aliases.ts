import { EVENT_ID, type Event } from 'js-yaml';
import { MAX_DEPTH } from './depth.ts';

/** As much text as all the scalars that aliases stand for may come to: more than can be stored. */
const MAX_TEXT = 8 * 1024 * 1024;

/** How go-yaml weighs aliases: the more there is of a document, the fewer of it (decode.go). */
const RANGE_LOW = 400_000;
const RANGE_HIGH = 4_000_000;

function allowedRatio(nodes: number): number {
  const share = (Math.min(nodes, RANGE_HIGH) - RANGE_LOW) / (RANGE_HIGH - RANGE_LOW);
  return 0.99 - 0.89 * Math.max(share, 0);
}

/**
 * What is wrong with a document's aliases, in go-yaml's words: they stand for too much, or for what
 * they are in. Nothing of what they stand for is made.
 */
export function aliasFault(events: readonly Event[], source: string): string | undefined {
  const targets = targetsIn(events, source);
  if (targets.size === 0) return undefined;
  const open = new Set<number>();
  const count = { nodes: 0, aliased: 0, text: 0 };
  let fault: string | undefined;

  /** Weighs the node at an event; returns the place behind it. */
  function weigh(at: number, depth: number): number {
    const event = events[at];
    count.nodes += 1;
    if (open.size > 0) count.aliased += 1;
    if (event?.type === EVENT_ID.SCALAR) count.text += event.valueEnd - event.valueStart;
    if (isExcessive(count)) fault = 'document contains excessive aliasing';
    if (depth > MAX_DEPTH) fault = `exceeded max depth of ${MAX_DEPTH}`;
    if (event?.type === EVENT_ID.ALIAS) follow(at, event, depth);
    else if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) {
      let next = at + 1;
      while (fault === undefined && events[next]?.type !== EVENT_ID.POP) {
        next = weigh(next, depth + 1);
      }
      return next + 1;
    }
    return at + 1;
  }

  function follow(at: number, alias: AliasAt, depth: number): void {
    const target = targets.get(at);
    if (target === undefined || fault !== undefined) return;
    if (open.has(target)) {
      fault = `anchor '${nameOf(alias, source)}' value contains itself`;
      return;
    }
    open.add(target);
    weigh(target, depth);
    open.delete(target);
  }

  // The first event is the document's own.
  weigh(1, 0);
  return fault;
}

type AliasAt = Pick<Extract<Event, { type: typeof EVENT_ID.ALIAS }>, 'anchorStart' | 'anchorEnd'>;

function nameOf({ anchorStart, anchorEnd }: AliasAt, source: string): string {
  return source.slice(anchorStart, anchorEnd);
}

/** Where each alias leads: to what had its name last before it. */
function targetsIn(events: readonly Event[], source: string): ReadonlyMap<number, number> {
  const anchors = new Map<string, number>();
  const targets = new Map<number, number>();
  for (const [at, event] of events.entries()) {
    if (!('anchorStart' in event) || event.anchorStart < 0) continue;
    const name = nameOf(event, source);
    const target = anchors.get(name);
    if (event.type !== EVENT_ID.ALIAS) anchors.set(name, at);
    else if (target !== undefined) targets.set(at, target);
  }
  return targets;
}

function isExcessive(count: { nodes: number; aliased: number; text: number }): boolean {
  const { nodes, aliased, text } = count;
  if (text > MAX_TEXT) return true;
  return aliased > 100 && nodes > 1000 && aliased / nodes > allowedRatio(nodes);
}
