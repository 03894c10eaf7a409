import type { InformerState, InformerTarget } from '@kindscope/informer';
import type { Freshness } from '@kindscope/protocol';
import { toFault } from '../cluster/fault.ts';

/** An informer's state in the words of the wire. */
export function toFreshness(state: InformerState, target: InformerTarget): Freshness {
  switch (state.kind) {
    case 'syncing':
      return state.expected === undefined
        ? { kind: 'syncing', received: state.received }
        : { kind: 'syncing', received: state.received, expected: state.expected };
    case 'live':
    case 'gone':
      return { kind: state.kind };
    case 'reconnecting':
      return { kind: 'reconnecting', since: new Date(state.since).toISOString() };
    case 'stale': {
      const since = new Date(state.since).toISOString();
      return { kind: 'stale', since, fault: toFault(state.fault, target) };
    }
    case 'forbidden':
      return { kind: 'forbidden', fault: toFault(state.fault, target) };
    default:
      return state satisfies never;
  }
}

type Syncing = Extract<Freshness, { kind: 'syncing' }>;
type Stale = Extract<Freshness, { kind: 'stale' }>;

/**
 * The freshness of a view over several informers: no better than the worst of them. What is forbidden
 * or gone counts only where all of it is: the others still say something true.
 */
export function mergeFreshness(parts: readonly Freshness[]): Freshness {
  const [first] = parts;
  if (first === undefined) return { kind: 'gone' };
  if (parts.length === 1) return first;
  const stale = parts.filter((part): part is Stale => part.kind === 'stale');
  if (stale.length > 0) return stale.reduce((a, b) => (a.since <= b.since ? a : b));
  const reconnecting = parts.filter((part) => part.kind === 'reconnecting');
  if (reconnecting.length > 0) return reconnecting.reduce((a, b) => (a.since <= b.since ? a : b));
  const syncing = parts.filter((part): part is Syncing => part.kind === 'syncing');
  if (syncing.length > 0) return mergeSyncing(syncing);
  if (parts.some((part) => part.kind === 'live')) return { kind: 'live' };
  return parts.find((part) => part.kind === 'forbidden') ?? first;
}

function mergeSyncing(parts: readonly Syncing[]): Syncing {
  let received = 0;
  let expected: number | undefined = 0;
  for (const part of parts) {
    received += part.received;
    expected =
      expected === undefined || part.expected === undefined ? undefined : expected + part.expected;
  }
  return expected === undefined
    ? { kind: 'syncing', received }
    : { kind: 'syncing', received, expected };
}
